import { computed, Injectable, signal } from '@angular/core';
import {
  ChatrClient,
  ChatrError,
  type ChatView,
  type ConnectionView,
  type HistoryView,
  type LoginChallenge,
  type Me,
  type MessageView,
  type Presence,
  type Registration,
  type ServerInfo,
  type SessionEndReason,
} from '@chatr/client';
import { StoreSignals } from './store-signals';
import { TabOutbox } from './tab-outbox';

/** How the person's session stands: `unreachable` means that the server could not be asked. */
type SessionState = 'signed-in' | 'signed-out' | 'unreachable';

/**
 * The SDK as signals: the one place that knows both. Whatever reads a chat, its messages or somebody's presence through the
 * methods below inside a template, `computed` or `effect` is run again when that very thing changes.
 */
@Injectable({ providedIn: 'root' })
export class Chatr {
  private readonly signals = new StoreSignals();

  private readonly person = signal<Me | undefined>(undefined);
  private readonly sessionState = signal<SessionState>('signed-out');
  private readonly link = signal<ConnectionView>({ state: 'connecting' });

  private readonly contactChanges = signal(0);
  private client = this.newClient();

  /** Counts the times at which the contacts changed, or may have. */
  readonly contactsVersion = this.contactChanges.asReadonly();
  readonly me = this.person.asReadonly();
  readonly session = this.sessionState.asReadonly();
  readonly connection = this.link.asReadonly();
  /** Why the last session ended, when it was not this person who ended it. */
  readonly endReason = signal<SessionEndReason | undefined>(undefined);

  /** Newest activity first. */
  readonly chats = computed<readonly ChatView[]>(() => {
    this.signals.track('chats');
    return this.client.store.chats;
  });

  /** Whether the chats have been fetched. */
  readonly ready = computed(() => {
    this.signals.track('chats');
    return this.client.store.ready;
  });

  /** Messages of all chats that have not left this device yet; refused ones do not count. */
  readonly waiting = computed(
    () =>
      this.chats()
        .flatMap((chat) => this.messages(chat.id))
        .filter((message) => message.state === 'sending').length,
  );

  get users(): ChatrClient['users'] {
    return this.client.users;
  }

  get contacts(): ChatrClient['contacts'] {
    return this.client.contacts;
  }

  get groups(): ChatrClient['groups'] {
    return this.client.groups;
  }

  get admin(): ChatrClient['admin'] {
    return this.client.admin;
  }

  get ownData(): ChatrClient['ownData'] {
    return this.client.ownData;
  }

  get sso(): ChatrClient['sso'] {
    return this.client.sso;
  }

  get auth(): ChatrClient['auth'] {
    return this.client.auth;
  }

  chat(chatId: string): ChatView | undefined {
    this.signals.track('chats');
    this.signals.track(`chat ${chatId}`);
    return this.client.store.chat(chatId);
  }

  /** Ascending, those on their way last. */
  messages(chatId: string): readonly MessageView[] {
    this.signals.track(`chat ${chatId}`);
    return this.client.store.messages(chatId);
  }

  history(chatId: string): HistoryView {
    this.signals.track(`chat ${chatId}`);
    return this.client.store.history(chatId);
  }

  presence(userId: string): Presence | undefined {
    this.signals.track(`presence ${userId}`);
    return this.client.store.presence(userId);
  }

  /** The ids of the other people who are typing now. */
  typing(chatId: string): readonly string[] {
    this.signals.track(`typing ${chatId}`);
    return this.client.store.typing(chatId);
  }

  serverInfo(): Promise<ServerInfo> {
    return this.client.serverInfo();
  }

  /** Takes up the session that the browser's cookie holds. Never throws: see `session`. */
  async restore(): Promise<void> {
    try {
      const me = await this.client.auth.restore();
      if (me === undefined) this.sessionState.set('signed-out');
      else this.begin(me);
    } catch (error) {
      if (!(error instanceof ChatrError)) throw error;
      this.sessionState.set('unreachable');
    }
  }

  /** Undefined when the person is in; else what it takes beside the password. */
  async login(identifier: string, password: string): Promise<LoginChallenge | undefined> {
    const outcome = await this.client.auth.login(identifier, password);
    if ('challenge' in outcome) return outcome.challenge;
    this.begin(outcome.me);
    return undefined;
  }

  /** Signs in with whatever the SDK takes as a proof. */
  async signIn(prove: (auth: ChatrClient['auth']) => Promise<Me>): Promise<void> {
    this.begin(await prove(this.client.auth));
  }

  register(registration: Registration): Promise<{ userId: string }> {
    return this.client.auth.register(registration);
  }

  /** Ends the session on this device. */
  async logout(): Promise<void> {
    await this.client.auth.logout();
    this.end(undefined);
  }

  /** Deletes the account for good. */
  async deleteAccount(password: string): Promise<void> {
    await this.client.ownData.deleteAccount(password);
    this.end('account_deleted');
  }

  async changeUsername(username: string): Promise<void> {
    this.person.set(await this.client.users.changeUsername(username));
  }

  async updateMe(changes: {
    displayName?: string;
    about?: string;
    pronouns?: string;
    language?: Me['language'];
  }): Promise<void> {
    this.person.set(await this.client.users.updateMe(changes));
  }

  async confirmEmailChange(presentCode: string, newCode: string): Promise<void> {
    this.person.set(await this.client.auth.confirmEmailChange(presentCode, newCode));
  }

  async confirmPhoneChange(code: string): Promise<void> {
    this.person.set(await this.client.auth.confirmPhoneChange(code));
  }

  async removePhone(password: string): Promise<void> {
    this.person.set(await this.client.auth.removePhone(password));
  }

  openDirect(userId: string): Promise<ChatView> {
    return this.client.openDirect(userId);
  }

  createGroup(name: string, memberIds: readonly string[]): Promise<ChatView> {
    return this.client.createGroup(name, memberIds);
  }

  acceptRequest(chatId: string): Promise<void> {
    return this.client.acceptRequest(chatId);
  }

  declineRequest(chatId: string): Promise<void> {
    return this.client.declineRequest(chatId);
  }

  send(chatId: string, content: string, replyToId?: string): void {
    this.client.send(chatId, content, replyToId === undefined ? {} : { replyToId });
  }

  retry(clientId: string): void {
    this.client.retry(clientId);
  }

  discard(clientId: string): boolean {
    return this.client.discard(clientId);
  }

  async edit(messageId: string, content: string): Promise<void> {
    await this.client.edit(messageId, content);
  }

  async unsend(messageId: string): Promise<void> {
    await this.client.unsend(messageId);
  }

  markRead(chatId: string, seq: number): void {
    this.client.markRead(chatId, seq);
  }

  setTyping(chatId: string, isTyping: boolean): void {
    this.client.setTyping(chatId, isTyping);
  }

  setPresence(status: 'online' | 'away'): void {
    this.client.setPresence(status);
  }

  requestPresence(userIds: readonly string[]): void {
    if (userIds.length > 0) this.client.requestPresence(userIds);
  }

  loadNewest(chatId: string): Promise<void> {
    return this.client.loadNewest(chatId);
  }

  loadOlder(chatId: string): Promise<void> {
    return this.client.loadOlder(chatId);
  }

  reconnectNow(): void {
    this.client.reconnectNow();
  }

  private newClient(): ChatrClient {
    const client: ChatrClient = new ChatrClient({
      baseUrl: location.origin,
      transport: 'cookie',
      outboxStorage: new TabOutbox(() => client.auth.me?.id),
      onSessionEnded: (reason) => this.end(reason),
    });
    client.store.subscribe((change) => this.signals.announce(change));
    client.contacts.onChange(() => this.contactChanges.update((count) => count + 1));
    client.onConnectionChange((connection) => this.link.set(connection));
    return client;
  }

  private begin(me: Me): void {
    this.endReason.set(undefined);
    this.person.set(me);
    this.sessionState.set('signed-in');
    this.client.connect();
  }

  /** A new client for the next person: nothing of this one's may be left in it. */
  private end(reason: SessionEndReason | undefined): void {
    this.client.disconnect();
    this.client = this.newClient();
    this.link.set({ state: 'connecting' });
    this.endReason.set(reason);
    this.person.set(undefined);
    this.sessionState.set('signed-out');
    this.signals.announceAll();
  }
}
