import type { Problem } from '@chatr/contracts';
import type { SessionEndReason } from './wire.js';

type Awaitable<T> = T | Promise<T>;

/** Where the refresh token is kept between starts, with `transport: 'body'`. */
export interface TokenStorage {
  load(): Awaitable<string | undefined>;
  /** Undefined: the session is over, forget it. */
  save(refreshToken: string | undefined): Awaitable<void>;
}

/** A message on its way, as it is kept. */
export interface OutboxEntry {
  clientId: string;
  chatId: string;
  content: string;
  replyToId?: string;
  /** ISO 8601, UTC: when it was written. */
  createdAt: string;
  /** Why the server refused it for good; it waits for the person's decision then. */
  problem?: Problem;
}

/** Where messages on their way are kept. The default keeps them in memory, so that they last as long as the client does. */
export interface OutboxStorage {
  /** In the order of sending. */
  load(): Awaitable<OutboxEntry[]>;
  /** Everything that is now on its way: replaces what was saved before. */
  save(entries: readonly OutboxEntry[]): Awaitable<void>;
}

export interface ChatrClientOptions {
  /** The server's origin, such as `https://chat.example.org`. */
  baseUrl: string;
  /** How the refresh token travels: in an httpOnly cookie (browsers) or in bodies, kept in `tokenStorage` (everything else). */
  transport: 'cookie' | 'body';
  /** The session is over for good: somebody ended it, or it could not be refreshed. Called once; not after `auth.logout()`. */
  onSessionEnded?: (reason: SessionEndReason) => void;
  /** In memory where left out. */
  tokenStorage?: TokenStorage;
  /** In memory where left out. */
  outboxStorage?: OutboxStorage;
}
