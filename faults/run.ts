import { rmSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Audited, audit } from './checks/audit.js';
import type { Finding } from './checks/findings.js';
import { Ledger } from './checks/ledger.js';
import { monotonicMs } from './clock.js';
import type { Options } from './options.js';
import { makeChats, registerPeople } from './people/cast.js';
import { Neighbours } from './people/neighbours.js';
import type { Credentials, Neighbourhood, Observation } from './people/protocol.js';
import { History } from './report/history.js';
import type { Summary } from './report/table.js';
import { Player } from './schedule/player.js';
import { Random } from './schedule/random.js';
import { type PlannedFault, planFaults } from './schedule/schedule.js';
import { DatabaseWatch } from './world/database-watch.js';
import { StallWatch } from './world/stall-watch.js';
import { World } from './world/world.js';

const PEOPLE = 16;
const HOUSEHOLDS = 3;
const JUDGE_MS = 250;
/** The clients write and read for a moment before the first fault. */
const WARM_UP_MS = 2_000;
const HEAL_MS = 90_000;

/** What the person watching sees, and can do. */
export interface Console {
  say(line: string): void;
  /** Whether to stop breaking things and come to the checks. */
  interrupted(): boolean;
}

/** One run: a world is built, people use it, it is broken in many ways, healed, and looked at. */
export async function run(
  options: Options,
  results: string,
  console: Console,
): Promise<{ summary: Summary; history: History }> {
  const folder = join(results, String(options.seed));
  rmSync(folder, { recursive: true, force: true });
  const history = new History(folder);
  try {
    return { summary: await new Run(options, history, console).through(), history };
  } finally {
    await history.close();
  }
}

class Run {
  readonly #random: Random;
  readonly #neighbours: Neighbours;
  readonly #ledger: Ledger;
  readonly #findings: Finding[] = [];
  readonly #stalls: StallWatch;

  constructor(
    private readonly options: Options,
    private readonly history: History,
    private readonly console: Console,
  ) {
    this.#random = new Random(options.seed);
    this.#neighbours = new Neighbours(this.#random.fork('neighbours'), PEOPLE, HOUSEHOLDS);
    this.#ledger = new Ledger(
      (device) => this.#neighbours.personOf(device),
      (at) => history.timeOf(at),
    );
    this.#stalls = new StallWatch((ms) => history.write('stall', { ms: Math.round(ms), load: loadavg()[0] }));
  }

  async through(): Promise<Summary> {
    const { nodes, redis } = this.options;
    this.console.say(`starting PostgreSQL, ${redis ? 'Redis, ' : ''}${nodes} node(s) and the balancer`);
    const world = await World.start({
      ...this.options,
      doors: this.#neighbours.doors,
      logs: this.history.folder,
      random: this.#random.fork('balancer'),
      misbehaved: (node, how) => this.find(`node ${node}: ${how}`),
    });
    const watch = new DatabaseWatch(world.postgres.url, (all) => this.history.write('long-transactions', { all }));
    const judge = (): unknown =>
      this.#findings.push(...this.#ledger.late(monotonicMs(), (device) => this.wellSince(world, device)));
    const judging = setInterval(judge, JUDGE_MS);
    try {
      const people = await this.settle(world);
      const faults = await this.breakThings(world);
      await this.heal(world);
      this.console.say('checking');
      const { options, history, console } = this;
      const scene = { world, people, options, history, neighbours: this.#neighbours, ledger: this.#ledger };
      return this.sum(faults, await audit({ ...scene, say: (line) => console.say(line) }));
    } finally {
      clearInterval(judging);
      this.#stalls.end();
      watch.end();
      await this.#neighbours.end();
      await world.end();
    }
  }

  /** People register, get their chats and devices, and begin to talk. */
  private async settle(world: World): Promise<Credentials[]> {
    const [home = ''] = world.nodes.map(({ url }) => url);
    this.console.say(`registering ${PEOPLE} people`);
    const people = await registerPeople(home, PEOPLE, this.options.seed);
    const neighbourhood: Neighbourhood = await makeChats(home, people, this.#random.fork('chats'));
    this.history.write('neighbourhood', neighbourhood);
    this.console.say(`opening ${this.#neighbours.devices} clients in ${HOUSEHOLDS} processes`);
    await this.#neighbours.moveIn(world, people, this.history.folder, (observations) => this.observe(observations));
    await this.#neighbours.all({ do: 'work', neighbourhood });
    await sleep(WARM_UP_MS);
    return people;
  }

  private observe(observations: readonly Observation[]): void {
    for (const observation of observations) {
      this.#ledger.take(observation);
      const { what, at, ...facts } = observation;
      this.history.write(what, facts, at);
    }
  }

  /** Everything that the plan holds, and until all of it has been given back. */
  private async breakThings(world: World): Promise<Summary['faults']> {
    const { seed, minutes, nodes, redis } = this.options;
    const { doors, households } = this.#neighbours;
    const durationMs = minutes * 60_000;
    const plan = planFaults({ seed, durationMs, nodes, doors, households: HOUSEHOLDS, redis });
    this.console.say(`breaking things: ${plan.length} faults in ${minutes} min`);
    const player = new Player(world, households, {
      began: (fault) => this.history.write('fault', fault),
      skipped: (fault) => this.history.write('fault-skipped', fault),
      over: ({ id, kind }: PlannedFault) => this.history.write('fault-over', { id, kind }),
      failed: ({ kind }, error) => this.find(`${kind}: ${String(error)}`),
    });
    await player.play(plan, durationMs, () => this.console.interrupted());
    this.console.say('healing');
    await player.settled();
    return Object.fromEntries(player.counts);
  }

  private async heal(world: World): Promise<void> {
    this.history.write('healing', {});
    for (const door of world.doors) {
      door.mend();
      door.endSilent();
    }
    await this.#neighbours.all({ do: 'rest' });
    if (!(await world.becomesWell(HEAL_MS))) this.find('not every part is ready again after 90 s');
    for (const device of await this.#neighbours.becomeQuiet(HEAL_MS))
      this.find(`${device} is not connected, or still sending, 90 s after everything is well`);
    this.history.write('quiet', {});
  }

  /**
   * Since when nothing has hindered the device: it is connected, its connection carries, the node at the other end runs, the database
   * answers, and the machine goes on. Undefined while something does.
   */
  private wellSince({ doors, nodes, postgres }: World, device: string): number | undefined {
    const line = doors[this.#neighbours.doorOf(device)]?.line;
    const node = line === undefined ? undefined : nodes[line.node]?.runningSince;
    const parts = [this.#ledger.onlineSince(device), line?.since, node, postgres.upSince, this.#stalls.calmSince];
    return parts.reduce((latest, part) =>
      latest === undefined || part === undefined ? undefined : Math.max(latest, part),
    );
  }

  private sum(faults: Summary['faults'], audited: Audited): Summary {
    const { seed, minutes, nodes, sabotage } = this.options;
    const { sent, shown, findings: noticed } = this.#ledger;
    const findings = [...this.#findings, ...noticed, ...this.#ledger.unsettled(), ...audited.findings];
    for (const finding of findings) this.history.write('finding', finding);
    return {
      ...{ seed, minutes, nodes, sabotage, faults, shown, findings },
      sent: sent.length,
      acknowledged: sent.filter(({ acknowledged }) => acknowledged.length > 0).length,
      refused: sent.filter(({ refused }) => refused !== undefined).length,
      stored: audited.stored,
    };
  }

  private find(detail: string): void {
    this.#findings.push({ check: 'failure', detail, at: this.history.timeOf(monotonicMs()) });
  }
}
