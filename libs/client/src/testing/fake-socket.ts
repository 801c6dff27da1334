import type { Problem } from '@chatr/contracts';
import type { OpenSocket, ServerEvent, SocketHandlers, SocketPort } from '../socket.js';
import type { ClientEvents } from '../wire.js';

/** What came from the client: an event, what it carries, and how to acknowledge it. */
export interface Arrival {
  event: keyof ClientEvents;
  payload: unknown;
  reply(ack: object): void;
}

/** A connection in memory. Both directions keep their order, each step takes `delay()` milliseconds, and a cut loses what is under way. */
export class FakeSocket implements SocketPort {
  #open = true;
  readonly #up: (() => void)[] = [];
  readonly #down: (() => void)[] = [];
  /** The refused message that must come again before the server takes a later one, by chat. */
  readonly refused = new Map<string, string>();

  constructor(
    readonly token: string,
    private readonly handlers: SocketHandlers,
    private readonly delay: () => number,
    private readonly arrived: (socket: FakeSocket, arrival: Arrival) => void,
  ) {}

  get open(): boolean {
    return this.#open;
  }

  emit<E extends keyof ClientEvents>(event: E, ...args: Parameters<ClientEvents[E]>): void {
    const [payload, reply] = args as [unknown, (ack: object) => void];
    const send = (ack: object): void => this.transport(this.#down, () => reply(structuredClone(ack)));
    this.transport(this.#up, () => this.arrived(this, { event, payload: structuredClone(payload), reply: send }));
  }

  /** The server's side: accepts, refuses, tells, cuts. */
  accept(): void {
    this.transport(this.#down, () => this.handlers.opened());
  }

  refuse(problem?: Problem): void {
    this.transport(this.#down, () => {
      this.#open = false;
      this.handlers.refused(problem);
    });
  }

  push(event: ServerEvent): void {
    this.transport(this.#down, () => this.handlers.event(structuredClone(event)));
  }

  cut(): void {
    if (!this.#open) return;
    this.#open = false;
    this.handlers.closed();
  }

  close(): void {
    this.#open = false;
  }

  private transport(way: (() => void)[], step: () => void): void {
    way.push(step);
    setTimeout(() => {
      const next = way.shift();
      if (this.#open) next?.();
    }, this.delay());
  }
}

export type Accepting = (socket: FakeSocket) => void;

/** Opens fake sockets and hands each to the server. */
export function fakeOpener(
  delay: () => number,
  accepting: Accepting,
  arrived: (s: FakeSocket, a: Arrival) => void,
): OpenSocket {
  return (_baseUrl, token, handlers) => {
    const socket = new FakeSocket(token, handlers, delay, arrived);
    accepting(socket);
    return socket;
  };
}
