import { LIMITS } from '@chatr/contracts';
import { moveMember, updateMembers, withKnownPositions } from './members.js';
import { countsAsUnread, UnreadCounter } from './unread.js';
import type { Chat, ChatChanges, ChatUpdated, Message, Position, User } from './wire.js';

type Change = { kind: 'message'; message: Message } | { kind: 'updated'; update: ChatUpdated };

/** What the client knows of a chat itself; its messages are kept beside it. */
export type ChatFacts = Readonly<Omit<Chat, 'lastMessage' | 'version' | 'unreadCount'>>;

/**
 * One chat as this client holds it, and the rule by which it follows the server: a change whose version is the next one is
 * applied, a lower one is dropped, a higher one waits until those before it have come. A message is replaced by its higher
 * version only, so that pages of history, acknowledgements and events can arrive in any order.
 */
export class ChatReplica {
  #facts: ChatFacts;
  /** The version that `#facts` are of; ahead of `#applied` where the server described the chat out of turn. */
  #factsVersion: number;
  #applied: number;
  /** The highest version that is known to exist. */
  #heard: number;
  /** The lowest `seq` from which on no message is missing. Messages below it are kept, not shown. */
  #from: number;
  #pageLoaded = false;
  readonly #messages = new Map<number, Message>();
  readonly #waiting = new Map<number, Change>();
  readonly #unread: UnreadCounter;

  constructor(
    chat: Chat,
    private readonly me: string,
  ) {
    const { lastMessage, version, unreadCount: _unreadCount, ...facts } = chat;
    this.#facts = facts;
    this.#factsVersion = this.#applied = this.#heard = version;
    this.#from = lastMessage?.seq ?? facts.lastSeq + 1;
    this.#unread = new UnreadCounter(me);
    this.#unread.reset(chat, facts.lastReadSeq);
    if (lastMessage !== null) this.put(lastMessage);
  }

  get facts(): ChatFacts {
    return this.#facts;
  }

  /** Every change up to this version has been applied. */
  get version(): number {
    return this.#applied;
  }

  /** Whether changes are known to exist that have not come. */
  get behind(): boolean {
    return this.#heard > this.#applied;
  }

  /** Whether something can only be known by asking the server for the chat as it stands. */
  get needsFacts(): boolean {
    const membersMissing = this.#facts.members === undefined && this.#facts.memberCount <= LIMITS.receiptMembers;
    return membersMissing || (this.#unread.stale && !this.holdsUnread);
  }

  /** Whether a page of history has been loaded. */
  get pageLoaded(): boolean {
    return this.#pageLoaded;
  }

  get hasOlder(): boolean {
    return this.#from > this.#facts.firstSeq;
  }

  /** The `seq` of the oldest message shown, or the number of the first to come. */
  get oldestSeq(): number {
    return this.#from;
  }

  /** The held message with this number, shown or not. */
  message(seq: number): Message | undefined {
    return this.#messages.get(seq);
  }

  messageById(id: string): Message | undefined {
    for (const message of this.#messages.values()) if (message.id === id) return message;
    return undefined;
  }

  /** The messages to show, ascending. */
  shownMessages(): Message[] {
    const shown: Message[] = [];
    for (let seq = this.#from; seq <= this.#facts.lastSeq; seq++) {
      const message = this.#messages.get(seq);
      if (message !== undefined) shown.push(message);
    }
    return shown;
  }

  /** Exact up to LIMITS.unreadCount, and one more for "more". */
  get unreadCount(): number {
    const { lastSeq, lastReadSeq } = this.#facts;
    if (!this.holdsUnread) return this.#unread.count;
    let count = 0;
    for (let seq = lastSeq; seq > lastReadSeq && count <= LIMITS.unreadCount; seq--) {
      const message = this.#messages.get(seq);
      if (message !== undefined && countsAsUnread(message, this.me)) count++;
    }
    return count;
  }

  /** A message as an event brought it. */
  receive(message: Message): void {
    this.offer(message.version, { kind: 'message', message });
  }

  /** A change of the chat itself as an event brought it. */
  update(update: ChatUpdated): void {
    this.offer(update.version, { kind: 'updated', update });
  }

  /** An own message as the server answered with it: shown at once, without counting as applied. */
  show(message: Message): void {
    this.note(message);
    this.hear(message.version);
  }

  /** A version is known to exist. */
  hear(version: number): void {
    this.#heard = Math.max(this.#heard, version);
  }

  /** Somebody's public profile changed. */
  profile(user: User): void {
    const members = this.#facts.members?.map((member) => (member.user.id === user.id ? { ...member, user } : member));
    const isPeer = this.#facts.type === 'direct' && user.id !== this.me;
    this.#facts = {
      ...this.#facts,
      members,
      ...(isPeer ? { name: user.displayName, avatarUrl: user.avatarUrl } : {}),
    };
  }

  /** Somebody has come this far. */
  move(position: Position): void {
    const members = moveMember(this.#facts.members, position);
    if (members !== this.#facts.members) this.#facts = { ...this.#facts, members };
    if (position.userId === this.me) this.read(position.readSeq);
  }

  /** This person has read everything up to `seq`. */
  read(seq: number): void {
    const { lastReadSeq, lastSeq } = this.#facts;
    if (seq <= lastReadSeq) return;
    this.#facts = { ...this.#facts, lastReadSeq: seq };
    this.#unread.read(seq, lastSeq);
    this.move({ userId: this.me, deliveredSeq: seq, readSeq: seq });
  }

  /** The chat as the server describes it, which says nothing about the changes that led there. */
  describe(chat: Chat): void {
    this.hear(chat.version);
    if (chat.version >= this.#factsVersion) {
      this.#factsVersion = chat.version;
      const { name, avatarUrl, memberCount, role, firstSeq, request, blocked } = chat;
      const members = withKnownPositions(chat.members, this.#facts.members);
      this.#facts = { ...this.#facts, name, avatarUrl, memberCount, role, firstSeq, request, blocked, members };
    }
    this.read(chat.lastReadSeq);
    this.#unread.reset(chat, this.#facts.lastReadSeq);
    if (chat.version > this.#applied) return;
    // An own message that is shown already was later than what this description knows of.
    const knowsAll = chat.version === this.#applied && chat.lastSeq >= this.#facts.lastSeq;
    if (knowsAll) this.#facts = { ...this.#facts, lastActivity: chat.lastActivity };
    if (chat.lastMessage !== null) this.put(chat.lastMessage);
  }

  /** What a sync brought. */
  applyChanges(changes: ChatChanges): void {
    if (changes.limited) this.replaceBy(changes);
    for (const message of changes.items) {
      if (!changes.limited) this.#unread.apply(message, this.#facts.lastReadSeq);
      this.note(message);
    }
    this.#applied = Math.max(this.#applied, changes.version);
    this.hear(this.#applied);
    if (changes.chat !== undefined) this.describe(changes.chat);
    for (const position of changes.positions ?? []) this.move(position);
    this.drain();
  }

  /** A page of history, ascending. One that does not reach the messages shown is kept but shows nothing. */
  addPage(items: readonly Message[], isNewest: boolean): void {
    for (const message of items) this.put(message);
    const [first, last] = [items.at(0), items.at(-1)];
    if (isNewest) this.#pageLoaded = true;
    if (first !== undefined && last !== undefined && last.seq >= this.#from - 1) {
      this.#from = Math.max(this.#facts.firstSeq, Math.min(this.#from, first.seq));
    }
    if (isNewest && last !== undefined) this.advanceTo(last);
  }

  private get holdsUnread(): boolean {
    return this.#from <= Math.max(this.#facts.lastReadSeq + 1, this.#facts.firstSeq);
  }

  private offer(version: number, change: Change): void {
    this.hear(version);
    if (version <= this.#applied) return;
    this.#waiting.set(version, change);
    this.drain();
  }

  /** Applies what waited and has become the next, and forgets what came another way. */
  private drain(): void {
    for (
      let change = this.#waiting.get(this.#applied + 1);
      change !== undefined;
      change = this.#waiting.get(this.#applied + 1)
    ) {
      this.#applied++;
      if (change.kind === 'message') {
        this.#unread.apply(change.message, this.#facts.lastReadSeq);
        this.note(change.message);
      } else {
        this.applyUpdate(change.update);
      }
    }
    for (const version of this.#waiting.keys()) if (version <= this.#applied) this.#waiting.delete(version);
  }

  private applyUpdate(update: ChatUpdated): void {
    if (update.version <= this.#factsVersion) return;
    this.#factsVersion = update.version;
    const small = update.memberCount <= LIMITS.receiptMembers;
    const members = small ? updateMembers(this.#facts.members, update) : undefined;
    const own = update.members?.find((member) => member.user.id === this.me);
    const peer =
      this.#facts.type === 'direct' ? update.members?.find((member) => member.user.id !== this.me) : undefined;
    this.#facts = {
      ...this.#facts,
      memberCount: update.memberCount,
      members,
      name: update.name ?? peer?.user.displayName ?? this.#facts.name,
      avatarUrl: update.avatarUrl === undefined ? this.#facts.avatarUrl : update.avatarUrl,
      role: own?.role ?? this.#facts.role,
      request: update.request ?? this.#facts.request,
      blocked: update.blocked ?? this.#facts.blocked,
    };
  }

  /** Forgets the copy, but for what is newer than the page that replaces it. */
  private replaceBy(changes: ChatChanges): void {
    const firstSeq = changes.chat?.firstSeq ?? this.#facts.firstSeq;
    for (const [seq, message] of this.#messages) {
      if (message.version <= changes.version || seq < firstSeq) this.#messages.delete(seq);
    }
    const { lastSeq } = changes.chat ?? this.#facts;
    this.#from = changes.items[0]?.seq ?? lastSeq + 1;
    this.#pageLoaded = true;
    this.#facts = { ...this.#facts, lastSeq: Math.max(lastSeq, this.#facts.lastSeq) };
  }

  /** Keeps a message, and what its coming means: the chat moved, and its sender has read what was before. */
  private note(message: Message): void {
    this.put(message);
    this.advanceTo(message);
    if (message.type === 'system') return; // nobody wrote it, so nobody has read what was before it
    if (message.senderId === this.me) this.read(message.seq);
    else this.move({ userId: message.senderId, deliveredSeq: message.seq, readSeq: message.seq });
  }

  private put({ status: _derived, ...message }: Message): void {
    const held = this.#messages.get(message.seq);
    if (held === undefined || held.version < message.version || quotesMore(message, held))
      this.#messages.set(message.seq, message);
  }

  private advanceTo(message: Message): void {
    if (message.seq <= this.#facts.lastSeq) return;
    this.#facts = { ...this.#facts, lastSeq: message.seq, lastActivity: message.createdAt };
  }
}

/** An event quotes only what everybody in the chat may read; what one person fetches may quote more. */
function quotesMore(message: Message, held: Message): boolean {
  return message.version === held.version && message.replyTo?.id !== undefined && held.replyTo?.id === undefined;
}
