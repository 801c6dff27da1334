import { MessageViews } from './message-views.js';
import type { ChatReplica } from './chat-replica.js';
import type { OutboxEntry } from './options.js';
import type { ChatView, HistoryView, MessageView, Store, StoreChange } from './views.js';
import type { Presence } from './wire.js';

/** Where the store looks things up. */
export interface StoreSources {
  me(): string;
  replicas(): ReadonlyMap<string, ChatReplica>;
  pending(chatId: string): readonly OutboxEntry[];
  loading(chatId: string): Pick<HistoryView, 'loading' | 'error'>;
  presence(userId: string): Presence | undefined;
  typing(chatId: string): readonly string[];
}

/** What has been made of one chat since it last changed. */
interface Snapshots {
  views: MessageViews;
  chat?: ChatView;
  messages?: readonly MessageView[];
  history?: HistoryView;
}

/** The notification that is being gathered. */
interface GatheredChange extends StoreChange {
  chats: boolean;
  chatIds: Set<string>;
  presence: Set<string>;
  typing: Set<string>;
}

const NO_HISTORY: HistoryView = Object.freeze({ loaded: false, hasOlder: false, loading: false });

/** Makes what the client holds into views when they are asked for, keeps them while nothing changes, and tells who listens. */
export class ClientStore implements Store {
  #ready = false;
  #chats: readonly ChatView[] | undefined;
  readonly #snapshots = new Map<string, Snapshots>();
  readonly #listeners = new Set<(change: StoreChange) => void>();
  #change: GatheredChange | undefined;

  constructor(private readonly sources: StoreSources) {}

  get ready(): boolean {
    return this.#ready;
  }

  get chats(): readonly ChatView[] {
    if (this.#chats === undefined) {
      const chats = [...this.sources.replicas().keys()].flatMap((chatId) => this.chat(chatId) ?? []);
      this.#chats = Object.freeze(chats.sort(byActivity));
    }
    return this.#chats;
  }

  chat(chatId: string): ChatView | undefined {
    const replica = this.sources.replicas().get(chatId);
    if (replica === undefined) return undefined;
    const snapshots = this.snapshots(chatId);
    return (snapshots.chat ??= this.toChatView(replica, snapshots.views));
  }

  messages(chatId: string): readonly MessageView[] {
    const snapshots = this.snapshots(chatId);
    const replica = this.sources.replicas().get(chatId);
    return (snapshots.messages ??= snapshots.views.list(replica, this.sources.pending(chatId)));
  }

  history(chatId: string): HistoryView {
    const replica = this.sources.replicas().get(chatId);
    if (replica === undefined) return NO_HISTORY;
    const snapshots = this.snapshots(chatId);
    const { pageLoaded, hasOlder } = replica;
    return (snapshots.history ??= Object.freeze({ loaded: pageLoaded, hasOlder, ...this.sources.loading(chatId) }));
  }

  presence(userId: string): Presence | undefined {
    return this.sources.presence(userId);
  }

  typing(chatId: string): readonly string[] {
    return this.sources.typing(chatId);
  }

  subscribe(listener: (change: StoreChange) => void): () => void {
    const own = (change: StoreChange): void => listener(change);
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  /** Forgets every view: they were another person's. */
  reset(): void {
    for (const chatId of [...this.#snapshots.keys()]) this.chatRemoved(chatId);
    this.setReady(false);
  }

  setReady(ready: boolean): void {
    if (this.#ready === ready) return;
    this.#ready = ready;
    this.pendingChange().chats = true;
  }

  chatChanged(chatId: string): void {
    const snapshots = this.#snapshots.get(chatId);
    if (snapshots !== undefined) this.#snapshots.set(chatId, { views: snapshots.views });
    this.#chats = undefined;
    this.pendingChange().chats = true;
    this.pendingChange().chatIds.add(chatId);
  }

  chatRemoved(chatId: string): void {
    this.chatChanged(chatId);
    this.#snapshots.delete(chatId);
  }

  presenceChanged(userId: string): void {
    this.pendingChange().presence.add(userId);
  }

  typingChanged(chatId: string): void {
    this.pendingChange().typing.add(chatId);
  }

  private snapshots(chatId: string): Snapshots {
    const held = this.#snapshots.get(chatId);
    if (held !== undefined) return held;
    const snapshots = { views: new MessageViews(this.sources.me()) };
    this.#snapshots.set(chatId, snapshots);
    return snapshots;
  }

  private toChatView(replica: ChatReplica, views: MessageViews): ChatView {
    const { facts } = replica;
    const waiting = this.waiting(facts.id);
    const last = replica.message(facts.lastSeq);
    const confirmed = last === undefined || last.seq < facts.firstSeq ? null : views.confirmed(replica, last);
    const lastMessage = waiting ?? confirmed;
    const me = this.sources.me();
    const peer = facts.type === 'direct' ? facts.members?.find((member) => member.user.id !== me) : undefined;
    return Object.freeze({
      ...facts,
      version: replica.version,
      unreadCount: replica.unreadCount,
      lastMessage,
      lastActivity:
        waiting === undefined || waiting.createdAt < facts.lastActivity ? facts.lastActivity : waiting.createdAt,
      ...(peer === undefined ? {} : { peerId: peer.user.id }),
    });
  }

  /** The newest message that has not been confirmed. */
  private waiting(chatId: string): MessageView | undefined {
    if (this.sources.pending(chatId).length === 0) return undefined;
    const last = this.messages(chatId).at(-1);
    return last?.state === 'confirmed' ? undefined : last;
  }

  private pendingChange(): GatheredChange {
    if (this.#change !== undefined) return this.#change;
    queueMicrotask(() => {
      const change = this.#change;
      this.#change = undefined;
      if (change !== undefined) for (const listener of this.#listeners) listener(change);
    });
    return (this.#change = { chats: false, chatIds: new Set(), presence: new Set(), typing: new Set() });
  }
}

function byActivity(a: ChatView, b: ChatView): number {
  if (a.lastActivity !== b.lastActivity) return a.lastActivity < b.lastActivity ? 1 : -1;
  return activityId(a) < activityId(b) ? 1 : -1;
}

/** What happened in one millisecond is in the order of its ids, as the server's list has it. */
function activityId({ id, lastMessage }: ChatView): string {
  return lastMessage?.id ?? id;
}
