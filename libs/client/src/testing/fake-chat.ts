import { LIMITS } from '@chatr/contracts';
import type { Chat, ChatChanges, ChatUpdated, Member, Message, User } from '../wire.js';

export function user(id: string): User {
  return { id, username: id, displayName: id.toUpperCase(), avatarUrl: null, about: '', pronouns: '' };
}

const START = Date.UTC(2026, 0, 1);

/** One chat of the fake server: the rules of versions, numbers and positions in their simplest form. */
export class FakeChat {
  version = 1;
  name = 'Chat';
  lastActivity: string;
  readonly messages: Message[] = [];
  readonly members = new Map<string, Member>();
  /** The version at which each member joined: what they held before that is worth nothing. */
  readonly #joinedVersion = new Map<string, number>();

  constructor(
    readonly id: string,
    memberIds: readonly string[],
    private readonly clock: () => number,
  ) {
    this.lastActivity = this.now();
    for (const userId of memberIds) this.addMember(userId);
  }

  /** Appends a message, or returns the one that was sent under this `clientId`. */
  append(senderId: string, content: string, clientId: string, replyToId?: string): Message {
    const replayed = this.find(senderId, clientId);
    if (replayed !== undefined) return replayed;
    const seq = this.messages.length + 1;
    const answered = this.messages.find((message) => message.id === replyToId);
    const message: Message = {
      id: `${this.id}-${seq}`,
      chatId: this.id,
      seq,
      version: ++this.version,
      clientId,
      senderId,
      type: 'text',
      content,
      ...(answered === undefined ? {} : { replyTo: { seq: answered.seq, id: answered.id } }),
      reactions: [],
      mentions: [],
      createdAt: this.now(),
    };
    this.messages.push(message);
    this.lastActivity = message.createdAt;
    this.move(senderId, seq, seq);
    return message;
  }

  find(senderId: string, clientId: string): Message | undefined {
    return this.messages.find((message) => message.senderId === senderId && message.clientId === clientId);
  }

  edit(seq: number, content: string): Message {
    return this.replace(seq, { content, editedAt: this.now() });
  }

  unsend(seq: number): Message {
    return this.replace(seq, { content: '', deletedAt: this.now() });
  }

  rename(name: string): ChatUpdated {
    this.name = name;
    return { chatId: this.id, version: ++this.version, name, memberCount: this.members.size };
  }

  join(userId: string): ChatUpdated {
    this.version++;
    const member = this.addMember(userId);
    return { chatId: this.id, version: this.version, memberCount: this.members.size, members: [member] };
  }

  leave(userId: string): ChatUpdated {
    this.members.delete(userId);
    return { chatId: this.id, version: ++this.version, memberCount: this.members.size, removedUserIds: [userId] };
  }

  move(userId: string, deliveredSeq: number, readSeq: number): void {
    const member = this.members.get(userId);
    if (member === undefined) return;
    const read = Math.max(member.readSeq, readSeq);
    this.members.set(userId, {
      ...member,
      readSeq: read,
      deliveredSeq: Math.max(member.deliveredSeq, deliveredSeq, read),
    });
  }

  describe(userId: string): Chat {
    const member = this.members.get(userId);
    if (member === undefined) throw new Error(`${userId} is not in ${this.id}`);
    const unread = this.visible(userId).filter(
      ({ senderId, seq, deletedAt }) => senderId !== userId && seq > member.readSeq && deletedAt === undefined,
    );
    const last = this.visible(userId).at(-1) ?? null;
    return {
      id: this.id,
      type: 'group',
      name: this.name,
      avatarUrl: null,
      createdAt: new Date(START).toISOString(),
      members: [...this.members.values()],
      memberCount: this.members.size,
      role: member.role,
      lastMessage: last === null ? null : this.quote(last, userId),
      lastActivity: this.lastActivity,
      lastSeq: this.messages.length,
      firstSeq: member.visibleFromSeq,
      version: this.version,
      lastReadSeq: member.readSeq,
      unreadCount: Math.min(unread.length, LIMITS.unreadCount + 1),
      request: false,
      blocked: false,
    };
  }

  /** What changed since `version`, at most `page` changes; a chat that moved further than `behind` is sent anew. */
  changesSince(userId: string, version: number, page: number, behind: number): ChatChanges {
    const chat = this.version === version ? {} : { chat: this.describe(userId) };
    const positions = [...this.members.values()].map(({ user, deliveredSeq, readSeq }) => ({
      userId: user.id,
      deliveredSeq,
      readSeq,
    }));
    const visible = this.visible(userId).map((message) => this.quote(message, userId));
    if (version < (this.#joinedVersion.get(userId) ?? 0) || version > this.version || this.version - version > behind) {
      return { version: this.version, hasMore: false, limited: true, items: visible.slice(-page), ...chat, positions };
    }
    const changed = visible.filter((message) => message.version > version).sort((a, b) => a.version - b.version);
    const items = changed.slice(0, page);
    const hasMore = changed.length > items.length;
    const reached = hasMore ? (items.at(-1)?.version ?? version) : this.version;
    return { version: reached, hasMore, limited: false, items, ...chat, positions };
  }

  /** The message with the answered one as it reads now, as far as the reader may see that. */
  quote(message: Message, userId: string): Message {
    if (message.replyTo === undefined) return message;
    const answered = this.messages[message.replyTo.seq - 1];
    const firstSeq = this.members.get(userId)?.visibleFromSeq ?? Infinity;
    if (answered === undefined || answered.seq < firstSeq) return { ...message, replyTo: { seq: message.replyTo.seq } };
    const { id, seq, senderId, content } = answered;
    return { ...message, replyTo: { id, seq, senderId, content } };
  }

  private visible(userId: string): Message[] {
    return this.messages.slice((this.members.get(userId)?.visibleFromSeq ?? Infinity) - 1);
  }

  private replace(seq: number, changes: Partial<Message>): Message {
    const message = this.messages[seq - 1];
    if (message === undefined) throw new Error(`${this.id} has no message ${seq}`);
    return (this.messages[seq - 1] = { ...message, ...changes, version: ++this.version });
  }

  private addMember(userId: string): Member {
    const seq = this.messages.length;
    const role = 'member' as const;
    const joinedAt = this.now();
    const member = { user: user(userId), role, joinedAt, visibleFromSeq: seq + 1, deliveredSeq: seq, readSeq: seq };
    this.members.set(userId, member);
    this.#joinedVersion.set(userId, this.version);
    return member;
  }

  private now(): string {
    return new Date(START + this.clock()).toISOString();
  }
}
