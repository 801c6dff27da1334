import type { AppendEntry } from './append.js';

/** How soon chats that somebody else has locked are tried again. */
const RETRY_MS = 50;

/** The drafts of one chat, in their order. */
interface Chat {
  drafts: AppendEntry[];
  state: 'ready' | 'taken' | 'held';
}

/**
 * The drafts that wait, by chat. What was taken of a chat has to be settled before more of it can be taken, so its messages keep the order
 * in which they came, however many transactions there are; a chat that somebody else holds is out of the way of all others.
 */
export class WaitingChats {
  private readonly chats = new Map<string, Chat>();
  /** In the order of their turns. */
  private readonly ready = new Set<string>();
  private readonly held = new Set<string>();
  private retryAt = 0;
  private count = 0;

  /** How many drafts wait, but for those of chats that somebody else holds. */
  get size(): number {
    return this.count;
  }

  get hasHeld(): boolean {
    return this.held.size > 0;
  }

  add(entry: AppendEntry): void {
    const { chatId } = entry.draft;
    const chat = this.chats.get(chatId);
    if (chat === undefined) {
      this.chats.set(chatId, { drafts: [entry], state: 'ready' });
      this.ready.add(chatId);
    } else chat.drafts.push(entry);
    if (chat?.state !== 'held') this.count += 1;
  }

  /** Takes drafts of chats whose turn it is: at most `limit`, and at most `length` characters, but for the first. */
  take(limit: number, length: number): AppendEntry[] {
    const taken: AppendEntry[] = [];
    for (const chatId of this.ready) {
      const drafts = this.chats.get(chatId)?.drafts ?? [];
      let fitting = 0;
      for (const { draft } of drafts.slice(0, limit - taken.length)) {
        length -= draft.content.length;
        if (length < 0 && taken.length + fitting > 0) break;
        fitting += 1;
      }
      if (fitting === 0) break;
      taken.push(...this.takeOf(chatId, fitting));
      if (length < 0 || taken.length === limit) break;
    }
    return taken;
  }

  /** The same of chats that somebody else held, when it is time to try again: of each its share of `limit`. */
  takeHeld(limit: number): AppendEntry[] {
    if (this.pause > 0) return [];
    const share = Math.max(1, Math.floor(limit / Math.max(1, this.held.size)));
    return [...this.held].slice(0, limit).flatMap((chatId) => this.takeOf(chatId, share));
  }

  /** In milliseconds; how long until chats that somebody else held are to be tried again. */
  get pause(): number {
    return Math.max(0, this.retryAt - performance.now());
  }

  /**
   * What was taken of these chats is settled, but for some whose chat was found to be held: they come back, before what came after
   * them, and behind those of other held chats.
   */
  settled(chatIds: Iterable<string>, held: readonly AppendEntry[]): void {
    for (const [chatId, drafts] of Map.groupBy(held, ({ draft }) => draft.chatId)) {
      const chat = this.chats.get(chatId);
      if (chat === undefined) continue;
      this.count -= chat.drafts.length;
      chat.drafts.unshift(...drafts);
      chat.state = 'held';
      this.held.add(chatId);
      this.retryAt = performance.now() + RETRY_MS;
    }
    for (const chatId of chatIds) {
      const chat = this.chats.get(chatId);
      if (chat?.state !== 'taken') continue;
      if (chat.drafts.length === 0) this.chats.delete(chatId);
      else {
        chat.state = 'ready';
        this.ready.add(chatId);
      }
    }
  }

  /** Takes out those for which it is too late, but for those of chats that somebody else holds: they are looked at when they are tried. */
  takeLate(now: number): AppendEntry[] {
    return [...this.chats].flatMap(([chatId, chat]) => {
      if (chat.state === 'held') return [];
      const late = chat.drafts.filter(({ deadline }) => now > deadline);
      chat.drafts = chat.drafts.filter(({ deadline }) => now <= deadline);
      this.count -= late.length;
      if (chat.state === 'ready' && chat.drafts.length === 0) {
        this.ready.delete(chatId);
        this.chats.delete(chatId);
      }
      return late;
    });
  }

  private takeOf(chatId: string, count: number): AppendEntry[] {
    const chat = this.chats.get(chatId);
    if (chat === undefined) return [];
    const taken = chat.drafts.splice(0, count);
    if (chat.state === 'held') {
      this.held.delete(chatId);
      this.count += chat.drafts.length;
    } else {
      this.ready.delete(chatId);
      this.count -= taken.length;
    }
    chat.state = 'taken';
    return taken;
  }
}
