import { ChatReplica } from './chat-replica.js';
import type { ChatEvent } from './socket.js';
import type { Timer } from './timing.js';
import type { Chat, Message, Position, SyncAnswer, User } from './wire.js';

/** How long a change may keep those after it waiting before the server is asked for it. */
const GAP_MS = 500;

export interface ReplicasHandlers {
  /** Something about this chat changed; `held` is false once the person is no longer in it. */
  changed(chatId: string, held: boolean): void;
  /** A message of this person is in the log. */
  confirmed(message: Message): void;
  /** The server must be asked about this chat. */
  wanted(chatId: string): void;
}

/** Every chat this person is in, and where each event and each answer of a sync goes. */
export class Replicas {
  readonly #chats = new Map<string, ChatReplica>();
  /** Chats not held of which events have come, by the highest version heard of: they belong to a join that is about to be told. */
  readonly #unknown = new Map<string, number>();
  /** Positions in chats not held: they came before the answer that brings the chat, and may be newer than it. */
  readonly #unknownPositions = new Map<string, Position[]>();
  /** Profiles that changed while an answer of a sync was under way, which may not know it. */
  readonly #newProfiles = new Map<string, User>();
  readonly #gaps = new Map<string, Timer>();
  /** For which version a chat as it stands has been asked for. */
  readonly #factsAsked = new Map<string, number>();
  /** Chats that were joined or left while an answer of a sync was under way, which may not know it. */
  #crossed: Set<string> | undefined;
  #me = '';

  constructor(private readonly handlers: ReplicasHandlers) {}

  /** Begins empty, for this person. */
  reset(me: string): void {
    for (const chatId of [...this.#chats.keys()]) this.remove(chatId);
    this.#unknown.clear();
    this.#unknownPositions.clear();
    this.#newProfiles.clear();
    this.#crossed = undefined;
    this.#me = me;
  }

  get(chatId: string): ChatReplica | undefined {
    return this.#chats.get(chatId);
  }

  all(): ReadonlyMap<string, ChatReplica> {
    return this.#chats;
  }

  handle(event: ChatEvent): void {
    switch (event.name) {
      case 'message:received':
      case 'message:sent':
      case 'message:edited':
      case 'message:unsent':
        this.receive(event.payload);
        break;
      case 'message:status': {
        const { chatId, userId, status, seq } = event.payload;
        this.move(chatId, { userId, deliveredSeq: seq, readSeq: status === 'read' ? seq : 0 });
        break;
      }
      case 'chat:created':
        this.#crossed?.add(event.payload.id);
        this.upsert(event.payload);
        break;
      case 'chat:updated':
        this.change(event.payload.chatId, event.payload.version, (replica) => replica.update(event.payload));
        break;
      case 'user:updated':
        this.learnProfile(event.payload);
        break;
      case 'chat:removed':
        this.#crossed?.add(event.payload.chatId);
        this.remove(event.payload.chatId);
        break;
    }
  }

  /** The chat as the server describes it: a new one is taken in, a held one learns what is new. */
  upsert(chat: Chat): ChatReplica {
    const held = this.#chats.get(chat.id);
    const replica = held ?? new ChatReplica(chat, this.#me);
    if (held === undefined) {
      this.#chats.set(chat.id, replica);
      replica.hear(this.#unknown.get(chat.id) ?? 0);
      this.#unknown.delete(chat.id);
      for (const position of this.#unknownPositions.get(chat.id) ?? []) replica.move(position);
      this.#unknownPositions.delete(chat.id);
    } else {
      held.describe(chat);
    }
    this.settle(chat.id, replica);
    return replica;
  }

  /** Does something to a held chat; whoever shows it learns of it. */
  touch(chatId: string, work: (replica: ChatReplica) => void): void {
    const replica = this.#chats.get(chatId);
    if (replica === undefined) return;
    work(replica);
    this.settle(chatId, replica);
  }

  /** A page of history, ascending, as the server answered with it. */
  addPage(chatId: string, items: readonly Message[], isNewest: boolean): void {
    this.touch(chatId, (replica) => replica.addPage(items, isNewest));
    this.confirmOwn(items);
  }

  /** Ask again for what only the server knows: the answer before this moment may not have known it. */
  recheck(chatId: string): void {
    this.#factsAsked.delete(chatId);
    this.touch(chatId, () => undefined);
  }

  /** Forgets the copy of a chat that is about to come anew. */
  restart(chatId: string): void {
    this.#chats.delete(chatId);
  }

  /** Call it before a sync is asked for. */
  expectAnswer(): void {
    this.#crossed = new Set();
  }

  /** Takes in the answer to a sync. Chats that were joined or left meanwhile are asked about once more. */
  applyAnswer(answer: SyncAnswer): void {
    const crossed = this.#crossed ?? new Set<string>();
    this.#crossed = undefined;
    for (const chat of answer.joined) this.upsert(chat);
    for (const [chatId, changes] of Object.entries(answer.chats)) {
      this.confirmOwn(changes.items);
      const replica = this.#chats.get(chatId);
      if (replica !== undefined) replica.applyChanges(changes);
      else if (changes.chat !== undefined && !crossed.has(chatId)) this.upsert(changes.chat).applyChanges(changes);
      if (this.#chats.has(chatId)) this.touch(chatId, () => undefined);
    }
    for (const user of this.#newProfiles.values()) this.learnProfile(user);
    this.#newProfiles.clear();
    for (const chatId of answer.left) {
      if (!crossed.has(chatId)) this.remove(chatId);
    }
    const told = new Set([...answer.left, ...Object.keys(answer.chats), ...answer.joined.map((chat) => chat.id)]);
    for (const chatId of crossed) if (told.has(chatId)) this.handlers.wanted(chatId);
  }

  private confirmOwn(messages: readonly Message[]): void {
    for (const message of messages) if (message.senderId === this.#me) this.handlers.confirmed(message);
  }

  private move(chatId: string, position: Position): void {
    if (this.#chats.has(chatId)) this.touch(chatId, (replica) => replica.move(position));
    else this.#unknownPositions.set(chatId, [...(this.#unknownPositions.get(chatId) ?? []), position]);
  }

  private learnProfile(user: User): void {
    if (this.#crossed !== undefined) this.#newProfiles.set(user.id, user);
    for (const [chatId, replica] of this.#chats) {
      const isMember = replica.facts.members?.some((member) => member.user.id === user.id) ?? false;
      if (isMember) this.touch(chatId, (held) => held.profile(user));
    }
  }

  private receive(message: Message): void {
    const own = message.senderId === this.#me;
    this.change(message.chatId, message.version, (replica) => {
      replica.receive(message);
      if (own) replica.show(message); // it must not vanish between leaving the outbox and being applied
    });
    if (own) this.handlers.confirmed(message);
  }

  private change(chatId: string, version: number, work: (replica: ChatReplica) => void): void {
    if (this.#chats.has(chatId)) return this.touch(chatId, work);
    const known = this.#unknown.get(chatId);
    this.#unknown.set(chatId, Math.max(version, known ?? 0));
    if (known === undefined) this.handlers.wanted(chatId);
  }

  private remove(chatId: string): void {
    this.#unknown.delete(chatId);
    clearTimeout(this.#gaps.get(chatId));
    this.#gaps.delete(chatId);
    this.#factsAsked.delete(chatId);
    if (this.#chats.delete(chatId)) this.handlers.changed(chatId, false);
  }

  private settle(chatId: string, replica: ChatReplica): void {
    this.watchGap(chatId, replica);
    if (replica.needsFacts && this.#factsAsked.get(chatId) !== replica.version) {
      this.#factsAsked.set(chatId, replica.version);
      this.handlers.wanted(chatId);
    }
    this.handlers.changed(chatId, true);
  }

  private watchGap(chatId: string, replica: ChatReplica): void {
    const timer = this.#gaps.get(chatId);
    if (!replica.behind) {
      clearTimeout(timer);
      this.#gaps.delete(chatId);
    } else if (timer === undefined) {
      const ask = (): void => {
        this.#gaps.delete(chatId);
        if (replica.behind && this.#chats.get(chatId) === replica) this.handlers.wanted(chatId);
      };
      this.#gaps.set(chatId, setTimeout(ask, GAP_MS));
    }
  }
}
