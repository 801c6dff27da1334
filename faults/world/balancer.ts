import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { monotonicMs } from '../clock.js';
import type { Random } from '../schedule/random.js';
import { isReady } from './node.js';
import { Wire } from './wire.js';

const HEALTH_MS = 500;

export interface Target {
  readonly index: number;
  readonly port: number;
  readonly url: string;
}

/**
 * What stands before the nodes: it sends connections to those that say they are ready, and a client's connection for events to
 * the node where its others are. When none is ready it sends them anywhere, as balancers do.
 */
export class Balancer {
  readonly doors: Door[] = [];
  readonly #ready = new Set<Target>();
  readonly #health: NodeJS.Timeout;

  constructor(
    private readonly targets: readonly Target[],
    private readonly random: Random,
  ) {
    this.#health = setInterval(() => void this.look(), HEALTH_MS);
  }

  /** One door for each client: whose connection it is, is known by the door. */
  async openDoor(): Promise<Door> {
    const door = await Door.open((preferred) => this.choose(preferred));
    this.doors.push(door);
    return door;
  }

  async close(): Promise<void> {
    clearInterval(this.#health);
    await Promise.all(this.doors.map((door) => door.close()));
  }

  private choose(preferred: number | undefined): Target {
    const ready = this.targets.filter((target) => this.#ready.has(target));
    const candidates = ready.length > 0 ? ready : this.targets;
    return candidates.find(({ index }) => index === preferred) ?? this.random.pick(candidates);
  }

  private async look(): Promise<void> {
    await Promise.all(
      this.targets.map(async (target) => {
        if (await isReady(target)) this.#ready.add(target);
        else this.#ready.delete(target);
      }),
    );
  }
}

/** One client's way to the servers. */
export class Door {
  readonly #wires = new Set<Wire>();
  #delayMs = 0;
  #calmSince = monotonicMs();
  /** Ends what slows it, when another slowness comes first. */
  #slowness: NodeJS.Timeout | undefined;

  private constructor(
    private readonly server: Server,
    readonly url: string,
    private readonly choose: (preferred: number | undefined) => Target,
  ) {}

  static async open(choose: (preferred: number | undefined) => Target): Promise<Door> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (typeof address !== 'object' || address === null) throw new Error('a door has no address');
    const door = new Door(server, `http://127.0.0.1:${address.port}`, choose);
    server.on('connection', (socket) => door.#wires.add(new Wire(socket, door.hooks())));
    return door;
  }

  /** The node at the other end of the connection for events, and since when that carries without trouble; undefined while it does not. */
  get line(): { node: number; since: number } | undefined {
    const wire = this.live().at(-1);
    if (wire === undefined || wire.silent || this.#delayMs > 0) return undefined;
    return { node: wire.node, since: Math.max(wire.openedAt, this.#calmSince) };
  }

  cut(): void {
    for (const wire of this.#wires) wire.cut();
  }

  silence(): void {
    for (const wire of this.#wires) wire.silence();
  }

  slow(delayMs: number, forMs: number): void {
    clearTimeout(this.#slowness);
    this.#delayMs = delayMs;
    this.#slowness = setTimeout(() => this.mend(), forMs);
  }

  /** No delay any more. What is silent stays so. */
  mend(): void {
    clearTimeout(this.#slowness);
    if (this.#delayMs > 0) this.#calmSince = monotonicMs() + this.#delayMs; // what is late already arrives by then
    this.#delayMs = 0;
  }

  /** Ends the connections that carry nothing, which their ends would find out in their own time. */
  endSilent(): void {
    for (const wire of this.#wires) if (wire.silent) wire.cut();
  }

  async close(): Promise<void> {
    clearTimeout(this.#slowness);
    this.cut();
    this.server.close();
    await once(this.server, 'close');
  }

  private live(): Wire[] {
    return [...this.#wires].filter((wire) => wire.live);
  }

  private hooks(): ConstructorParameters<typeof Wire>[1] {
    return {
      route: (first) => {
        const live = first.subarray(0, 64).includes('/socket.io');
        const { index: node, port } = this.choose(live ? this.live().find((wire) => !wire.silent)?.node : undefined);
        return { node, port, live };
      },
      delayMs: () => this.#delayMs,
      ended: (wire) => this.#wires.delete(wire),
    };
  }
}
