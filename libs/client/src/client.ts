import { AdminApi } from './admin.js';
import { AuthApi } from './auth.js';
import { ContactsApi } from './contacts.js';
import { Engine, type Seams } from './engine.js';
import { GroupsApi } from './groups.js';
import type { ChatrClientOptions } from './options.js';
import { OwnDataApi } from './own-data.js';
import { SsoApi } from './sso.js';
import { UsersApi } from './users.js';
import type { ChatView, ConnectionView, Store } from './views.js';
import type { Chat, Message, ServerInfo } from './wire.js';

/** A person's chats on one server: logs in, keeps a connection, and keeps `store` as the server has it. */
export class ChatrClient {
  readonly auth: AuthApi;
  readonly sso: SsoApi;
  readonly users: UsersApi;
  readonly contacts: ContactsApi;
  readonly groups: GroupsApi;
  readonly admin: AdminApi;
  readonly ownData: OwnDataApi;
  readonly #engine: Engine;

  /** `seams` replace what lies below the client (HTTP, sockets, chance): for tests. */
  constructor(options: ChatrClientOptions, seams: Partial<Seams> = {}) {
    this.#engine = new Engine(options, seams);
    const { http, session } = this.#engine;
    this.auth = new AuthApi(http, session, options.transport, () => this.#engine.forget());
    this.sso = new SsoApi(http, session);
    this.users = new UsersApi(http, session);
    this.contacts = new ContactsApi(session);
    this.#engine.onContacts(() => this.contacts.changed());
    this.groups = new GroupsApi(session);
    this.admin = new AdminApi(session);
    this.ownData = new OwnDataApi(session, () => this.#engine.forget());
  }

  /** What the server says of itself to anybody. */
  serverInfo(): Promise<ServerInfo> {
    return this.#engine.http.send({ method: 'GET', path: '/api/server' });
  }

  get store(): Store {
    return this.#engine.store;
  }

  /** Immutable: a new object for each change. */
  get connection(): ConnectionView {
    return this.#engine.connection.view;
  }

  /** Returns the function that ends the subscription. */
  onConnectionChange(listener: (connection: ConnectionView) => void): () => void {
    return this.#engine.onConnectionChange(listener);
  }

  /** Connects and stays connected until `disconnect`. Log in or `auth.restore()` first. Calling it again does nothing. */
  connect(): void {
    this.#engine.connect();
  }

  /** Stops for good; messages on their way stay in the outbox. */
  disconnect(): void {
    this.#engine.connection.disconnect();
  }

  /** Tries to connect now instead of at `connection.nextAttemptAt`. */
  reconnectNow(): void {
    this.#engine.connection.reconnectNow();
  }

  /** The direct chat with this person, the same one each time. */
  openDirect(userId: string): Promise<ChatView> {
    return this.create({ type: 'direct', userId });
  }

  createGroup(name: string, memberIds: readonly string[]): Promise<ChatView> {
    return this.create({ type: 'group', name, memberIds });
  }

  /** Accepts what somebody wrote whom this person did not know; so does an answer. */
  async acceptRequest(chatId: string): Promise<void> {
    await this.#engine.session.send({ method: 'POST', path: requestPath(chatId, 'accept') });
  }

  /** The chat leaves the list, and who asked is not told. */
  async declineRequest(chatId: string): Promise<void> {
    await this.#engine.session.send({ method: 'POST', path: requestPath(chatId, 'decline') });
  }

  /** Puts the message into the store as pending and sends it, again and again until the server has it. Returns its `clientId`. */
  send(chatId: string, content: string, options: { replyToId?: string } = {}): string {
    return this.#engine.write(chatId, content, options.replyToId);
  }

  /** Sends a failed message again. */
  retry(clientId: string): void {
    this.#engine.outbox.retry(clientId);
  }

  /** Drops a failed message, or one that has not left this device yet. False when it is too late for that. */
  discard(clientId: string): boolean {
    return this.#engine.outbox.discard(clientId);
  }

  edit(messageId: string, content: string): Promise<Message> {
    return this.change('PATCH', messageId, { content });
  }

  /** Leaves a tombstone in its place. */
  unsend(messageId: string): Promise<Message> {
    return this.change('DELETE', messageId);
  }

  /** Everything up to `seq` is read. Shown at once; the server hears of it soon, and again after a reconnection if need be. */
  markRead(chatId: string, seq: number): void {
    this.#engine.markRead(chatId, seq);
  }

  /** Call it at each key stroke: it tells the server seldom, and stops by itself after a few seconds of silence. */
  setTyping(chatId: string, isTyping: boolean): void {
    this.#engine.typingOwn.set(chatId, isTyping);
  }

  setPresence(status: 'online' | 'away'): void {
    this.#engine.setPresence(status);
  }

  /** Asks for the presence of these people; it arrives in the store. At most LIMITS.presenceRequest ids. */
  requestPresence(userIds: readonly string[]): void {
    this.#engine.requestPresence(userIds);
  }

  /** Fetches the newest page of a chat. Failures land in `store.history(chatId).error`. */
  loadNewest(chatId: string): Promise<void> {
    return this.#engine.history.loadNewest(chatId);
  }

  /** Fetches the page before the oldest message held. Does nothing while another page is being loaded. */
  loadOlder(chatId: string): Promise<void> {
    return this.#engine.history.loadOlder(chatId);
  }

  private async create(body: object): Promise<ChatView> {
    const chat = await this.#engine.session.send<Chat>({ method: 'POST', path: '/api/chats', body });
    return this.#engine.takeIn(chat);
  }

  private async change(method: 'PATCH' | 'DELETE', messageId: string, body?: object): Promise<Message> {
    const path = `/api/messages/${encodeURIComponent(messageId)}`;
    const request = body === undefined ? { method, path } : { method, path, body };
    const message = await this.#engine.session.send<Message>(request);
    this.#engine.replicas.touch(message.chatId, (replica) => replica.show(message));
    return message;
  }
}

function requestPath(chatId: string, answer: 'accept' | 'decline'): string {
  return `/api/chats/${encodeURIComponent(chatId)}/request/${answer}`;
}
