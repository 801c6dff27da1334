import { LIMITS } from '@chatr/contracts';
import type { Chat, Message } from './wire.js';

/** One more than is counted exactly: it stands for "more than this". */
const MANY = LIMITS.unreadCount + 1;

export function countsAsUnread(message: Message, me: string): boolean {
  return message.senderId !== me && message.type !== 'system' && message.deletedAt === undefined;
}

/**
 * Keeps a chat's unread count right where the client does not hold all unread messages: from what the server last counted, and
 * the changes applied since. Where that is not enough, `stale` says that the server must be asked again.
 */
export class UnreadCounter {
  #count = 0;
  #stale = false;
  /** The server's count holds for this version: changes up to it are in it. */
  #version = 0;
  /** The highest `seq` that has been counted. */
  #seq = 0;
  /** Messages that were found unsent since the server counted. */
  readonly #unsent = new Set<number>();

  constructor(private readonly me: string) {}

  get count(): number {
    return this.#count;
  }

  /** Whether the count is a guess until the server counts again. */
  get stale(): boolean {
    return this.#stale;
  }

  /** Takes the server's count. `readSeq` is how far the person has read here, which the server may not know yet. */
  reset(chat: Chat, readSeq: number): void {
    if (chat.version < this.#version) return;
    this.#version = chat.version;
    this.#seq = chat.lastSeq;
    this.#count = readSeq >= chat.lastSeq ? 0 : chat.unreadCount;
    this.#stale = this.#count > 0 && readSeq > chat.lastReadSeq;
    this.#unsent.clear();
  }

  /** A message was applied in the order of versions. */
  apply(message: Message, readSeq: number): void {
    if (message.version <= this.#version) return;
    const isNew = message.seq > this.#seq;
    if (isNew) this.#seq = message.seq;
    if (isNew && countsAsUnread(message, this.me) && message.seq > readSeq)
      this.#count = Math.min(MANY, this.#count + 1);
    if (message.deletedAt === undefined || this.#unsent.has(message.seq)) return;
    this.#unsent.add(message.seq);
    const wasCounted = !isNew && message.seq > readSeq && countsAsUnread({ ...message, deletedAt: undefined }, this.me);
    if (!wasCounted) return;
    if (this.#count >= MANY) this.#stale = true;
    else this.#count = Math.max(0, this.#count - 1);
  }

  /** The person has read up to `readSeq`, of a chat whose newest message is `lastSeq`. */
  read(readSeq: number, lastSeq: number): void {
    if (readSeq >= lastSeq) {
      this.#count = 0;
      this.#stale = false;
    } else if (this.#count > 0) {
      this.#stale = true;
    }
  }
}
