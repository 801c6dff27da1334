import type { AppendEntry } from './append.js';

/** How soon chats that somebody else has locked are tried again. */
const RETRY_MS = 50;

/** The drafts of chats that somebody else holds locked, in their order, out of the way of all others. */
export class HeldChats {
  private readonly chats = new Map<string, AppendEntry[]>();
  private retryAt = 0;

  get isEmpty(): boolean {
    return this.chats.size === 0;
  }

  /** Keeps a draft when its chat is held: it comes behind what waits of that chat already. */
  keepBehind(entry: AppendEntry): boolean {
    const waiting = this.chats.get(entry.draft.chatId);
    waiting?.push(entry);
    return waiting !== undefined;
  }

  /** Keeps drafts, in their order, whose chats were just found to be held. */
  keep(entries: readonly AppendEntry[]): void {
    if (entries.length === 0) return;
    for (const [chatId, group] of Map.groupBy(entries, ({ draft }) => draft.chatId)) {
      const waiting = this.chats.get(chatId) ?? [];
      // To the end of the map: the other chats have their turn first.
      this.chats.delete(chatId);
      this.chats.set(chatId, [...group, ...waiting]);
    }
    this.retryAt = performance.now() + RETRY_MS;
  }

  /** When it is time to try again, the oldest drafts of each chat, at most `limit` in all; none before that. */
  take(limit: number): AppendEntry[] {
    if (performance.now() < this.retryAt) return [];
    const share = Math.max(1, Math.floor(limit / Math.max(1, this.chats.size)));
    return [...this.chats.values()].slice(0, limit).flatMap((waiting) => waiting.splice(0, share));
  }

  /** Chats of which nothing waits any more are as all others again. */
  release(): void {
    for (const [chatId, waiting] of this.chats) if (waiting.length === 0) this.chats.delete(chatId);
  }

  /** In milliseconds; how long until it is time to try again. */
  get pause(): number {
    return Math.max(0, this.retryAt - performance.now());
  }
}
