import { connect, type Socket } from 'node:net';
import { monotonicMs } from '../clock.js';

/** What a wire asks of the balancer. */
export interface WireHooks {
  /** Which node takes this connection, from the first bytes that the client said. */
  route(firstBytes: Buffer): { node: number; port: number; live: boolean };
  /** How much later everything arrives at this moment, in milliseconds. */
  delayMs(): number;
  ended(wire: Wire): void;
}

/** One connection through the balancer, and what can be done to it. */
export class Wire {
  readonly openedAt = monotonicMs();
  #far: Socket | undefined;
  #node = -1;
  #live = false;
  #silent = false;
  #open = 2;

  constructor(
    private readonly near: Socket,
    private readonly hooks: WireHooks,
  ) {
    near.setNoDelay(true);
    near.on('error', () => near.destroy());
    near.once('data', (first) => this.reach(first));
    near.once('close', () => this.closed());
  }

  /** The number of the node at its other end; -1 before the client has said anything. */
  get node(): number {
    return this.#node;
  }

  /** Whether events travel on it, rather than requests. */
  get live(): boolean {
    return this.#live;
  }

  get silent(): boolean {
    return this.#silent;
  }

  cut(): void {
    this.near.destroy();
    this.#far?.destroy();
  }

  /** From now on nothing passes, not even that an end has closed: as behind a router that forgot the connection. */
  silence(): void {
    this.#silent = true;
    this.near.resume();
    this.#far?.resume();
  }

  private reach(first: Buffer): void {
    const { node, port, live } = this.hooks.route(first);
    this.#node = node;
    this.#live = live;
    const far = connect(port, '127.0.0.1');
    this.#far = far;
    far.setNoDelay(true);
    far.on('error', () => far.destroy());
    far.once('close', () => this.closed());
    const there = this.carry(this.near, far);
    this.carry(far, this.near);
    there(first);
  }

  /** Passes what one end says to the other, in order, as late as the network is at that time. Returns what passes a piece by hand. */
  private carry(from: Socket, to: Socket): (piece: Buffer) => void {
    let lastDueAt = 0;
    const waiting: (() => void)[] = [];
    const next = (): void => {
      const deliver = waiting.shift();
      if (!this.#silent) deliver?.();
    };
    const pass = (deliver: () => void): void => {
      const now = monotonicMs();
      const dueAt = Math.max(lastDueAt, now + this.hooks.delayMs());
      lastDueAt = dueAt;
      waiting.push(deliver);
      // Whichever timer fires first delivers the oldest: timers round, and two of different length may change places.
      if (waiting.length === 1 && dueAt <= now) next();
      else setTimeout(next, Math.ceil(dueAt - now));
    };
    const say = (piece: Buffer): void =>
      pass(() => {
        if (!to.destroyed && !to.write(piece)) this.hold(from, to);
      });
    from.on('data', say);
    from.once('close', () => pass(() => to.destroySoon()));
    return say;
  }

  /** A reader that is slower than its writer slows it. */
  private hold(from: Socket, to: Socket): void {
    from.pause();
    to.once('drain', () => from.resume());
  }

  private closed(): void {
    this.#open -= 1;
    if (this.#open === 0 || this.#far === undefined) this.hooks.ended(this);
  }
}
