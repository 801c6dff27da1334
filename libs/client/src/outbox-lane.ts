import { ChatrError } from './errors.js';
import type { OutboxEntry } from './options.js';
import { isTransient } from './transient.js';
import { backoffMs, type Random, type Timer } from './timing.js';
import type { Message } from './wire.js';

/** How many messages of a chat may be on the wire before the first of them is answered. */
const WINDOW = 32;

export interface LaneHandlers {
  /** @throws ChatrError */
  send(entry: OutboxEntry): Promise<{ message: Message }>;
  /** The server has it. */
  sent(entry: OutboxEntry, message: Message): void;
  /** The server refused it for good. */
  refused(entry: OutboxEntry, error: ChatrError): void;
}

/**
 * The messages of one chat that wait for the server, in order. They go out without waiting for each other's answers. When one is
 * not taken for now, or its answer does not come, everything unanswered is sent again, oldest first: the server takes nothing
 * behind a message it refused until that one has come again.
 */
export class OutboxLane {
  readonly #entries: OutboxEntry[] = [];
  /** The ids of those that have left this device at least once. */
  readonly #tried = new Set<string>();
  /** How many of the entries have been sent in this round. */
  #next = 0;
  #inFlight = 0;
  /** Each sending anew from the oldest begins another round; answers to an earlier one count for their message only. */
  #round = 0;
  #attempt = 0;
  #open = false;
  /** Set while nothing more is sent in this round: how long to wait before the next, in milliseconds. */
  #pause: number | undefined;
  #timer: Timer | undefined;

  constructor(
    private readonly random: Random,
    private readonly handlers: LaneHandlers,
  ) {}

  get empty(): boolean {
    return this.#entries.length === 0;
  }

  add(entry: OutboxEntry): void {
    this.#entries.push(entry);
    this.pump();
  }

  /** There is a connection, another one than before: everything unanswered goes out again. */
  connected(): void {
    this.#open = true;
    this.#attempt = 0;
    this.startRound();
  }

  disconnected(): void {
    this.#open = false;
    this.#round++;
    clearTimeout(this.#timer);
  }

  /** The message turned up in the log, whoever told so. Returns it if it was waiting here. */
  settle(clientId: string): OutboxEntry | undefined {
    return this.take(clientId);
  }

  /** Takes a message back that has never left this device. */
  recall(clientId: string): OutboxEntry | undefined {
    return this.#tried.has(clientId) ? undefined : this.take(clientId);
  }

  private startRound(): void {
    clearTimeout(this.#timer);
    this.#round++;
    this.#next = 0;
    this.#inFlight = 0;
    this.#pause = undefined;
    this.pump();
  }

  private pump(): void {
    while (this.#open && this.#pause === undefined && this.#inFlight < WINDOW) {
      const entry = this.#entries[this.#next];
      if (entry === undefined) return;
      this.#next++;
      this.#inFlight++;
      this.#tried.add(entry.clientId);
      void this.exchange(entry, this.#round);
    }
  }

  private async exchange(entry: OutboxEntry, round: number): Promise<void> {
    try {
      const { message } = await this.handlers.send(entry);
      this.answered(round);
      this.#attempt = 0;
      if (this.take(entry.clientId) !== undefined) this.handlers.sent(entry, message);
    } catch (error) {
      if (!(error instanceof ChatrError)) throw error;
      this.answered(round);
      if (!isTransient(error)) {
        if (this.take(entry.clientId) !== undefined) this.handlers.refused(entry, error);
      } else if (round === this.#round) {
        this.#pause = Math.max(this.#pause ?? 0, (error.retryAfter ?? 0) * 1_000);
      }
    }
    if (round !== this.#round || !this.#open) return;
    if (this.#pause === undefined) this.pump();
    else if (this.#inFlight === 0) this.startRoundLater(this.#pause);
  }

  private startRoundLater(pauseMs: number): void {
    const delay = Math.max(pauseMs, backoffMs(this.#attempt++, this.random, 500));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.startRound(), delay);
  }

  private answered(round: number): void {
    if (round === this.#round) this.#inFlight--;
  }

  private take(clientId: string): OutboxEntry | undefined {
    const index = this.#entries.findIndex((entry) => entry.clientId === clientId);
    if (index < 0) return undefined;
    if (index < this.#next) this.#next--;
    this.#tried.delete(clientId);
    return this.#entries.splice(index, 1)[0];
  }
}
