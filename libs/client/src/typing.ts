import type { Timer } from './timing.js';

/** How long somebody is shown as typing after the last word of it. */
const SHOWN_MS = 6_000;
/** While a person types, the server is told this often. */
const REPEAT_MS = 3_000;
/** After this long without a key stroke the person has stopped. */
const PAUSE_MS = 5_000;

const NOBODY: readonly string[] = Object.freeze([]);

/** Who else is typing, chat by chat. */
export class TypingOthers {
  readonly #timers = new Map<string, Map<string, Timer>>();
  readonly #snapshots = new Map<string, readonly string[]>();

  constructor(private readonly changed: (chatId: string) => void) {}

  in(chatId: string): readonly string[] {
    return this.#snapshots.get(chatId) ?? NOBODY;
  }

  set(chatId: string, userId: string, isTyping: boolean): void {
    const timers = this.#timers.get(chatId) ?? new Map<string, Timer>();
    this.#timers.set(chatId, timers);
    clearTimeout(timers.get(userId));
    const before = timers.has(userId);
    if (isTyping)
      timers.set(
        userId,
        setTimeout(() => this.set(chatId, userId, false), SHOWN_MS),
      );
    else timers.delete(userId);
    if (before === isTyping) return;
    this.#snapshots.set(chatId, Object.freeze([...timers.keys()]));
    this.changed(chatId);
  }

  clear(): void {
    for (const [chatId, timers] of this.#timers)
      for (const userId of [...timers.keys()]) this.set(chatId, userId, false);
  }
}

interface OwnTyping {
  toldAt: number;
  pause: Timer;
}

/** Tells the server that this person is typing: seldom while it goes on, and once when it ends. */
export class TypingOwn {
  readonly #chats = new Map<string, OwnTyping>();

  constructor(private readonly tell: (chatId: string, isTyping: boolean) => void) {}

  set(chatId: string, isTyping: boolean): void {
    if (!isTyping) return this.stop(chatId);
    const before = this.#chats.get(chatId);
    clearTimeout(before?.pause);
    const due = before === undefined || Date.now() - before.toldAt >= REPEAT_MS;
    const pause = setTimeout(() => this.stop(chatId), PAUSE_MS);
    this.#chats.set(chatId, { toldAt: due ? Date.now() : before.toldAt, pause });
    if (due) this.tell(chatId, true);
  }

  /** A message went out: it says itself that the typing is over. */
  forget(chatId: string): void {
    clearTimeout(this.#chats.get(chatId)?.pause);
    this.#chats.delete(chatId);
  }

  clear(): void {
    for (const chatId of [...this.#chats.keys()]) this.forget(chatId);
  }

  private stop(chatId: string): void {
    if (!this.#chats.has(chatId)) return;
    this.forget(chatId);
    this.tell(chatId, false);
  }
}
