import { setTimeout as sleep } from 'node:timers/promises';
import { monotonicMs } from '../clock.js';
import type { Household } from '../people/household.js';
import type { World } from '../world/world.js';
import type { Fault, FaultKind, PlannedFault } from './schedule.js';

/** How soon it is noticed that somebody wants to stop, in milliseconds. */
const STEP_MS = 500;

export interface PlayerHooks {
  began(fault: PlannedFault): void;
  /** What it needed was still under another fault. */
  skipped(fault: PlannedFault): void;
  over(fault: PlannedFault): void;
  /** It could not be undone: what was to come back did not. */
  failed(fault: PlannedFault, error: unknown): void;
}

/** Does to the world what the plan says, at the planned moments. */
export class Player {
  readonly counts = new Map<FaultKind, number>();
  readonly #underWay = new Set<Promise<void>>();
  #rolling = false;

  constructor(
    private readonly world: World,
    private readonly households: readonly Household[],
    private readonly hooks: PlayerHooks,
  ) {}

  /** @param isOver whether to stop before the time is up */
  async play(faults: readonly PlannedFault[], durationMs: number, isOver: () => boolean): Promise<void> {
    const start = monotonicMs();
    const reaches = async (atMs: number): Promise<boolean> => {
      while (monotonicMs() - start < atMs && !isOver())
        await sleep(Math.min(STEP_MS, Math.max(1, start + atMs - monotonicMs())));
      return !isOver();
    };
    for (const fault of faults) if (await reaches(fault.atMs)) this.begin(fault);
    await reaches(durationMs);
  }

  /** Resolves when everything that was broken has been given back. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  private begin(fault: PlannedFault): void {
    const doing = this.start(fault);
    if (doing === undefined) return this.hooks.skipped(fault);
    this.counts.set(fault.kind, (this.counts.get(fault.kind) ?? 0) + 1);
    this.hooks.began(fault);
    const done = doing
      .then(
        () => this.hooks.over(fault),
        (error: unknown) => this.hooks.failed(fault, error),
      )
      .finally(() => this.#underWay.delete(done));
    this.#underWay.add(done);
  }

  /** Undefined when it cannot be done now. */
  private start(fault: Fault): Promise<void> | undefined {
    const { postgres, redis, nodes } = this.world;
    switch (fault.kind) {
      case 'node-kill': {
        const node = nodes[fault.node];
        return node === undefined || node.busy ? undefined : node.kill(fault.downMs);
      }
      case 'node-pause': {
        const node = nodes[fault.node];
        return node?.runningSince === undefined || node.busy ? undefined : node.pause(fault.forMs);
      }
      case 'rolling-restart':
        return this.#rolling ? undefined : this.roll();
      case 'postgres-kill':
        return postgres.upSince === undefined ? undefined : postgres.crash(fault.how, fault.downMs);
      case 'redis-kill':
        return redis?.upSince === undefined ? undefined : redis.crash(fault.downMs);
      case 'cut':
        return this.atDoors(fault.doors, (door) => door.cut());
      case 'half-open':
        return this.atDoors(fault.doors, (door) => door.silence());
      case 'slow':
        return this.atDoors(fault.doors, (door) => door.slow(fault.delayMs, fault.forMs));
      case 'clock-jump':
        return this.tell(fault.household, { do: 'set-clock', byMs: fault.byMs });
      case 'duplicates':
        return this.tell(fault.household, { do: 'duplicate' });
    }
  }

  /** One after the other, each when no other fault has it. */
  private async roll(): Promise<void> {
    this.#rolling = true;
    try {
      for (const node of this.world.nodes) {
        while (node.busy) await sleep(STEP_MS);
        await node.restart();
      }
    } finally {
      this.#rolling = false;
    }
  }

  private atDoors(doors: readonly number[], work: (door: World['doors'][number]) => void): Promise<void> {
    for (const index of doors) {
      const door = this.world.doors[index];
      if (door !== undefined) work(door);
    }
    return Promise.resolve();
  }

  private async tell(household: number, demand: Parameters<Household['ask']>[0]): Promise<void> {
    await this.households[household]?.ask(demand);
  }
}
