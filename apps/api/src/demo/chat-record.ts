import { ChatEntity, ChatMemberEntity, type Role, type SystemNoteDto } from '../chats/index.js';
import { MessageEditEntity, MessageEntity } from '../messages/index.js';
import type { SeededRandom } from './random.js';

/** Hands out what each person's next change of their own takes, as `user_cursors` does. */
export class CursorBook {
  private readonly cursors = new Map<string, number>();

  next(userId: string): number {
    const cursor = (this.cursors.get(userId) ?? 0) + 1;
    this.cursors.set(userId, cursor);
    return cursor;
  }

  rows(): { userId: string; cursor: number }[] {
    return [...this.cursors].map(([userId, cursor]) => ({ userId, cursor }));
  }
}

export interface NewChat {
  name: string | null;
  /** The first made it, and owns it if it is a group. */
  memberIds: readonly [string, ...string[]];
  at: Date;
}

/**
 * The rows of one chat as the server would have left them, had all this been said through it: each change takes the next
 * version and stamps what it changed, each message the next number. Changes must be told in the order of their times.
 */
export class ChatRecord {
  readonly chat: ChatEntity;
  readonly members = new Map<string, ChatMemberEntity>();
  readonly messages: MessageEntity[] = [];
  private edits: MessageEditEntity[] = [];

  constructor(
    { name, memberIds, at }: NewChat,
    private readonly random: SeededRandom,
    private readonly cursors: CursorBook,
  ) {
    const [creator] = memberIds;
    const id = random.idAt(at);
    this.chat = Object.assign(new ChatEntity(), {
      id,
      type: name === null ? 'direct' : 'group',
      name,
      avatarUrl: null,
      directKey: name === null ? [...memberIds].sort().join(':') : null,
      createdBy: creator,
      createdAt: at,
      lastSeq: 0,
      version: 1,
      detailsVersion: 1,
      activityId: id,
      lastActivityAt: at,
      memberCount: 0,
      closedAt: null,
    } satisfies ChatEntity);
    for (const userId of memberIds) this.admit(userId, name !== null && userId === creator ? 'owner' : 'member', at);
  }

  get editRows(): readonly MessageEditEntity[] {
    return this.edits;
  }

  isMember(userId: string): boolean {
    return this.members.get(userId)?.leftAt === null;
  }

  /** @throws Error when the sender is not in the chat */
  send(senderId: string, content: string, at: Date, answered?: MessageEntity): MessageEntity {
    return this.append({
      senderId,
      type: 'text',
      content,
      replyToSeq: answered?.seq ?? null,
      system: null,
      createdAt: at,
    });
  }

  edit(message: MessageEntity, content: string, at: Date): void {
    message.version = ++this.chat.version;
    const { chatId, seq, version, content: before } = message;
    this.edits.push(Object.assign(new MessageEditEntity(), { chatId, seq, version, content: before, editedAt: at }));
    Object.assign(message, { content, editedAt: at });
  }

  unsend(message: MessageEntity, at: Date): void {
    message.version = ++this.chat.version;
    this.edits = this.edits.filter((edit) => edit.seq !== message.seq);
    Object.assign(message, { content: '', deletedAt: at });
  }

  rename(actorId: string, name: string, at: Date): void {
    this.chat.name = name;
    this.chat.detailsVersion = ++this.chat.version;
    this.note(actorId, { kind: 'renamed', actorId, name }, `renamed the group to “${name}”`, at);
  }

  add(actorId: string, userId: string, displayName: string, at: Date): void {
    this.chat.detailsVersion = ++this.chat.version;
    this.admit(userId, 'member', at);
    this.note(actorId, { kind: 'members_added', actorId, userIds: [userId] }, `added ${displayName}`, at);
  }

  remove(actorId: string, userId: string, displayName: string, at: Date): void {
    this.dismiss(userId, at);
    this.note(actorId, { kind: 'member_removed', actorId, userIds: [userId] }, `removed ${displayName}`, at);
  }

  leave(userId: string, at: Date): void {
    this.dismiss(userId, at);
    this.note(userId, { kind: 'member_left', actorId: userId }, 'left the group', at);
  }

  /** Moves a member's positions on; they never pass the head, and never go back. */
  moveTo(userId: string, readSeq: number, deliveredSeq: number): void {
    const member = this.memberOf(userId);
    if (readSeq > member.readSeq) {
      member.readSeq = Math.min(readSeq, this.chat.lastSeq);
      member.userCursor = this.cursors.next(userId);
    }
    member.deliveredSeq = Math.max(member.deliveredSeq, member.readSeq, Math.min(deliveredSeq, this.chat.lastSeq));
  }

  private note(actorId: string, system: SystemNoteDto, content: string, at: Date): void {
    this.append({ senderId: actorId, type: 'system', content, replyToSeq: null, system, createdAt: at });
  }

  private append(
    draft: Pick<MessageEntity, 'senderId' | 'type' | 'content' | 'replyToSeq' | 'system' | 'createdAt'>,
  ): MessageEntity {
    const id = this.random.idAt(draft.createdAt);
    const message = Object.assign(new MessageEntity(), {
      ...draft,
      chatId: this.chat.id,
      seq: ++this.chat.lastSeq,
      version: ++this.chat.version,
      id,
      clientId: draft.type === 'system' ? `system:${id}` : this.random.idAt(draft.createdAt),
      editedAt: null,
      deletedAt: null,
    } satisfies MessageEntity);
    this.messages.push(message);
    this.chat.activityId = id;
    this.chat.lastActivityAt = draft.createdAt;
    if (draft.type !== 'system') {
      const sender = this.memberOf(draft.senderId);
      sender.readSeq = sender.deliveredSeq = message.seq;
    }
    return message;
  }

  private admit(userId: string, role: Role, at: Date): void {
    const { id: chatId, lastSeq, version } = this.chat;
    this.members.set(
      userId,
      Object.assign(new ChatMemberEntity(), {
        chatId,
        userId,
        role,
        joinedAt: at,
        leftAt: null,
        visibleFromSeq: lastSeq + 1,
        joinedVersion: version,
        version,
        deliveredSeq: lastSeq,
        readSeq: lastSeq,
        userCursor: this.cursors.next(userId),
        request: null,
        peerBlocked: false,
        sendsUntilSeq: null,
        shownDeliveredSeq: null,
        shownReadSeq: null,
      } satisfies ChatMemberEntity),
    );
    this.chat.memberCount += 1;
  }

  private dismiss(userId: string, at: Date): void {
    const member = this.memberOf(userId);
    const version = ++this.chat.version;
    Object.assign(member, { leftAt: at, version, userCursor: this.cursors.next(userId) });
    this.chat.detailsVersion = version;
    this.chat.memberCount -= 1;
  }

  private memberOf(userId: string): ChatMemberEntity {
    const member = this.members.get(userId);
    if (member === undefined || member.leftAt !== null) throw new Error(`${userId} is not in chat ${this.chat.id}`);
    return member;
  }
}
