import type { AdminApi } from './admin.js';
import type { AuthApi } from './auth.js';
import type { ChatrClientOptions } from './options.js';
import type { GroupsApi } from './groups.js';
import type { UsersApi } from './users.js';
import type { ChatView, ConnectionView, Store } from './views.js';
import type { Message } from './wire.js';

export declare class ChatrClient {
  readonly auth: AuthApi;
  readonly users: UsersApi;
  readonly groups: GroupsApi;
  readonly admin: AdminApi;
  readonly store: Store;

  constructor(options: ChatrClientOptions);

  /** Connects and stays connected until `disconnect`. Log in or `auth.restore()` first. Calling it again does nothing. */
  connect(): void;
  /** Stops for good; messages on their way stay in the outbox. */
  disconnect(): void;
  /** Immutable: a new object for each change. */
  get connection(): ConnectionView;
  /** Returns the function that ends the subscription. */
  onConnectionChange(listener: (connection: ConnectionView) => void): () => void;
  /** Tries to connect now instead of at `connection.nextAttemptAt`. */
  reconnectNow(): void;

  /** The direct chat with this person, the same one each time. */
  openDirect(userId: string): Promise<ChatView>;
  createGroup(name: string, memberIds: readonly string[]): Promise<ChatView>;

  /** Puts the message into the store as pending and sends it, again and again until the server has it. Returns its `clientId`. */
  send(chatId: string, content: string, options?: { replyToId?: string }): string;
  /** Sends a failed message again. */
  retry(clientId: string): void;
  /** Drops a failed message, or one that has not left this device yet. False when it is too late for that. */
  discard(clientId: string): boolean;
  edit(messageId: string, content: string): Promise<Message>;
  unsend(messageId: string): Promise<Message>;

  /** Everything up to `seq` is read. Shown at once; the server hears of it soon, and again after a reconnection if need be. */
  markRead(chatId: string, seq: number): void;
  /** Call it at each key stroke: it tells the server seldom, and stops by itself after a few seconds of silence. */
  setTyping(chatId: string, isTyping: boolean): void;
  setPresence(status: 'online' | 'away'): void;
  /** Asks for the presence of these people; it arrives in the store. At most LIMITS.presenceRequest ids. */
  requestPresence(userIds: readonly string[]): void;

  /** Fetches the newest page of a chat. Failures land in `store.history(chatId).error`. */
  loadNewest(chatId: string): Promise<void>;
  /** Fetches the page before the oldest message held. Does nothing while another page is being loaded. */
  loadOlder(chatId: string): Promise<void>;
}
