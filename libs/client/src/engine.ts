import { Connection } from './connection.js';
import { History } from './history.js';
import { Http } from './http.js';
import { newId } from './ids.js';
import type { ChatrClientOptions } from './options.js';
import { MemoryOutboxStorage, Outbox } from './outbox.js';
import { PresenceBook } from './presence.js';
import { Receipts } from './receipts.js';
import { Replicas } from './replicas.js';
import { MemoryTokenStorage, Session } from './session.js';
import { type ChatEvent, type OpenSocket, openSocketIo, type PeopleEvent } from './socket.js';
import { ClientStore } from './store.js';
import { Sync } from './sync.js';
import type { Random } from './timing.js';
import { TypingOthers, TypingOwn } from './typing.js';
import type { ChatView, ConnectionView } from './views.js';
import type { Chat, SessionEndReason } from './wire.js';

/** What lies below the client. */
export interface Seams {
  fetch: typeof globalThis.fetch;
  openSocket: OpenSocket;
  random: Random;
}

/** The parts of the client, put together: who tells whom what. */
export class Engine {
  readonly http: Http;
  readonly session: Session;
  readonly connection: Connection;
  readonly replicas: Replicas;
  readonly outbox: Outbox;
  readonly history: History;
  readonly store: ClientStore;
  readonly typingOwn: TypingOwn;
  readonly #sync: Sync;
  readonly #typingOthers: TypingOthers;
  readonly #presence: PresenceBook;
  readonly #delivered: Receipts;
  readonly #read: Receipts;
  readonly #connectionListeners = new Set<(view: ConnectionView) => void>();
  #contactsChanged: () => void = () => undefined;
  /** Whose chats are held. */
  #holder: string | undefined;
  #ownPresence: 'online' | 'away' = 'online';

  constructor(
    private readonly options: ChatrClientOptions,
    seams: Partial<Seams>,
  ) {
    const { baseUrl, transport } = options;
    const random = seams.random ?? Math.random;
    this.http = new Http(baseUrl, transport === 'cookie' ? 'include' : 'omit', seams.fetch);
    this.session = new Session(
      this.http,
      transport,
      `chatr-refresh:${baseUrl}`,
      options.tokenStorage ?? new MemoryTokenStorage(),
      {
        renewed: (access) => this.connection.tokenRenewed(access),
        ended: (reason) => this.end(reason),
      },
    );
    this.connection = new Connection(baseUrl, this.session, seams.openSocket ?? openSocketIo, random, {
      changed: (view) => this.tellConnection(view),
      opened: () => this.opened(),
      closed: () => this.closed(),
      event: (event) => this.receive(event),
      ended: (reason) => void this.session.clear().finally(() => this.end(reason)),
    });
    this.replicas = new Replicas({
      changed: (chatId, held) => (held ? this.chatChanged(chatId) : this.chatGone(chatId)),
      confirmed: (message) => this.outbox.confirm(message),
      wanted: (chatId) => this.#sync.want(chatId),
    });
    this.#sync = new Sync(this.replicas, random, {
      exchange: (request) => this.connection.request('sync', request),
      caughtUp: () => this.store.setReady(true),
    });
    this.outbox = new Outbox(options.outboxStorage ?? new MemoryOutboxStorage(), random, {
      send: ({ clientId, chatId, content, replyToId }) =>
        this.connection.request('message:send', {
          clientId,
          chatId,
          content,
          ...(replyToId === undefined ? {} : { replyToId }),
        }),
      sent: (message) => this.replicas.touch(message.chatId, (replica) => replica.show(message)),
      changed: (chatId) => this.store.chatChanged(chatId),
    });
    this.history = new History(this.session, this.replicas, (chatId) => this.store.chatChanged(chatId));
    this.#typingOthers = new TypingOthers((chatId) => this.store.typingChanged(chatId));
    this.typingOwn = new TypingOwn((chatId, isTyping) =>
      this.quietly(isTyping ? 'typing:start' : 'typing:stop', { chatId }),
    );
    this.#presence = new PresenceBook((userId) => this.store.presenceChanged(userId));
    this.#delivered = new Receipts(
      random,
      (chatId, seq) => this.connection.request('message:delivered', { chatId, seq }),
      (chatId, seq) => this.moveOwn(chatId, seq, 0),
    );
    this.#read = new Receipts(
      random,
      (chatId, seq) => this.connection.request('message:read', { chatId, seq }),
      (chatId) => this.replicas.recheck(chatId),
    );
    this.store = new ClientStore({
      me: () => this.#holder ?? '',
      replicas: () => this.replicas.all(),
      pending: (chatId) => this.outbox.in(chatId),
      loading: (chatId) => this.history.state(chatId),
      presence: (userId) => this.#presence.of(userId),
      typing: (chatId) => this.#typingOthers.in(chatId),
    });
  }

  connect(): void {
    const me = this.session.me?.id;
    if (me !== undefined && me !== this.#holder) {
      if (this.#holder !== undefined) this.forget();
      this.#holder = me;
      this.replicas.reset(me);
      void this.outbox.load();
    }
    this.connection.connect();
  }

  /** Drops everything that is held for the person. */
  forget(): void {
    this.connection.disconnect();
    this.outbox.clear();
    this.replicas.reset('');
    this.#sync.reset();
    this.history.clear();
    this.#typingOthers.clear();
    this.typingOwn.clear();
    this.#presence.clear();
    this.#delivered.clear();
    this.#read.clear();
    this.#holder = undefined;
    this.store.reset();
  }

  onConnectionChange(listener: (view: ConnectionView) => void): () => void {
    const own = (view: ConnectionView): void => listener(view);
    this.#connectionListeners.add(own);
    return () => this.#connectionListeners.delete(own);
  }

  /** Who hears that the contacts changed, or may have while there was no connection. */
  onContacts(changed: () => void): void {
    this.#contactsChanged = changed;
  }

  write(chatId: string, content: string, replyToId: string | undefined): string {
    const clientId = newId();
    this.typingOwn.forget(chatId);
    const reply = replyToId === undefined ? {} : { replyToId };
    this.outbox.add({ clientId, chatId, content, ...reply, createdAt: new Date().toISOString() });
    return clientId;
  }

  /** Takes a chat in as an answer described it. */
  takeIn(chat: Chat): ChatView {
    this.replicas.upsert(chat);
    const view = this.store.chat(chat.id);
    if (view === undefined) throw new Error('a chat that was just taken in is held');
    return view;
  }

  markRead(chatId: string, seq: number): void {
    const facts = this.replicas.get(chatId)?.facts;
    if (facts === undefined) return;
    const reached = Math.min(seq, facts.lastSeq);
    if (reached <= facts.lastReadSeq) return;
    this.#read.mark(chatId, reached);
    this.replicas.touch(chatId, (replica) => replica.read(reached));
  }

  setPresence(status: 'online' | 'away'): void {
    this.#ownPresence = status;
    this.quietly('presence:set', status);
  }

  requestPresence(userIds: readonly string[]): void {
    this.connection.request('presence:request', [...userIds]).then(
      ({ users }) => users.forEach((presence) => this.#presence.set(presence)),
      () => undefined, // asked again by whoever shows these people after the next connection
    );
  }

  private opened(): void {
    this.#contactsChanged();
    this.#presence.clear();
    this.#sync.connected();
    this.outbox.connected();
    this.#read.connected();
    this.#delivered.connected();
    if (this.#ownPresence === 'away') this.quietly('presence:set', 'away');
  }

  private closed(): void {
    this.#sync.disconnected();
    this.outbox.disconnected();
    this.#read.disconnected();
    this.#delivered.disconnected();
    this.#typingOthers.clear();
    this.typingOwn.clear();
  }

  private receive(event: ChatEvent | PeopleEvent): void {
    if (event.name === 'presence:update') event.payload.users.forEach((presence) => this.#presence.set(presence));
    else if (event.name === 'user:status') this.#presence.set(event.payload);
    else if (event.name === 'contact:updated') this.#contactsChanged();
    else if (event.name === 'typing:status') {
      const { chatId, userId, isTyping } = event.payload;
      if (userId !== this.#holder) this.#typingOthers.set(chatId, userId, isTyping);
    } else {
      if (event.name === 'message:received')
        this.#typingOthers.set(event.payload.chatId, event.payload.senderId, false);
      this.replicas.handle(event);
    }
  }

  private chatChanged(chatId: string): void {
    this.store.chatChanged(chatId);
    const facts = this.replicas.get(chatId)?.facts;
    const own = facts?.members?.find((member) => member.user.id === this.#holder);
    if (facts !== undefined && own !== undefined && own.deliveredSeq < facts.lastSeq)
      this.#delivered.mark(chatId, facts.lastSeq);
  }

  private chatGone(chatId: string): void {
    this.#delivered.forget(chatId);
    this.#read.forget(chatId);
    this.store.chatRemoved(chatId);
  }

  private moveOwn(chatId: string, deliveredSeq: number, readSeq: number): void {
    const userId = this.#holder;
    if (userId === undefined) return;
    this.replicas.touch(chatId, (replica) => replica.move({ userId, deliveredSeq, readSeq }));
  }

  /** For events that nothing depends on: whether they arrive is not looked at. */
  private quietly(event: 'typing:start' | 'typing:stop', payload: { chatId: string }): void;
  private quietly(event: 'presence:set', payload: 'online' | 'away'): void;
  private quietly(event: 'typing:start' | 'typing:stop' | 'presence:set', payload: never): void {
    this.connection.request(event, payload).catch(() => undefined);
  }

  private end(reason: SessionEndReason): void {
    this.connection.disconnect();
    this.options.onSessionEnded?.(reason);
  }

  private tellConnection(view: ConnectionView): void {
    for (const listener of this.#connectionListeners) listener(view);
  }
}
