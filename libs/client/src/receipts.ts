import { ChatrError } from './errors.js';
import { isTransient } from './transient.js';
import { backoffMs, type Random, type Timer } from './timing.js';

const GATHER_MS = 250;

/**
 * Tells the server how far this person has come: the highest number of each chat, gathered over a moment, and again after a
 * reconnection or a refusal that may pass.
 */
export class Receipts {
  /** What the server has not confirmed, by chat. */
  readonly #pending = new Map<string, number>();
  readonly #confirmed = new Map<string, number>();
  readonly #timers = new Map<string, Timer>();
  #online = false;

  constructor(
    private readonly random: Random,
    /** @throws ChatrError */
    private readonly tell: (chatId: string, seq: number) => Promise<unknown>,
    private readonly confirmed: (chatId: string, seq: number) => void,
  ) {}

  /** Whether the server has yet to hear of something. */
  pending(chatId: string): boolean {
    return this.#pending.has(chatId);
  }

  /** Everything up to `seq`. Lower numbers than before mean nothing. */
  mark(chatId: string, seq: number): void {
    if (seq <= Math.max(this.#pending.get(chatId) ?? 0, this.#confirmed.get(chatId) ?? 0)) return;
    this.#pending.set(chatId, seq);
    if (this.#online) this.flushIn(chatId, GATHER_MS, 0);
  }

  connected(): void {
    this.#online = true;
    for (const chatId of this.#pending.keys()) this.flushIn(chatId, 0, 0);
  }

  disconnected(): void {
    this.#online = false;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  forget(chatId: string): void {
    clearTimeout(this.#timers.get(chatId));
    this.#timers.delete(chatId);
    this.#pending.delete(chatId);
    this.#confirmed.delete(chatId);
  }

  clear(): void {
    for (const chatId of new Set([...this.#pending.keys(), ...this.#confirmed.keys()])) this.forget(chatId);
  }

  private flushIn(chatId: string, delayMs: number, attempt: number): void {
    if (this.#timers.has(chatId)) return;
    this.#timers.set(
      chatId,
      setTimeout(() => void this.flush(chatId, attempt), delayMs),
    );
  }

  private async flush(chatId: string, attempt: number): Promise<void> {
    const seq = this.#pending.get(chatId);
    if (seq === undefined) return void this.#timers.delete(chatId);
    let again: number | undefined;
    try {
      await this.tell(chatId, seq);
      this.settle(chatId, seq);
      this.confirmed(chatId, seq);
      if (this.#pending.has(chatId)) again = 0;
    } catch (error) {
      if (!(error instanceof ChatrError)) throw error;
      if (!isTransient(error)) this.settle(chatId, seq);
      else again = Math.max(backoffMs(attempt, this.random), (error.retryAfter ?? 0) * 1_000);
    }
    if (!this.#online) return;
    this.#timers.delete(chatId);
    if (again !== undefined) this.flushIn(chatId, again, attempt + 1);
  }

  private settle(chatId: string, seq: number): void {
    this.#confirmed.set(chatId, Math.max(seq, this.#confirmed.get(chatId) ?? 0));
    if ((this.#pending.get(chatId) ?? 0) <= seq) this.#pending.delete(chatId);
  }
}
