import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type UserDto, UsersService } from '../users/index.js';
import { ChatListRepository, type ChatRow, type MemberRow } from './chat-list.repository.js';
import type { ChatDto, MemberDto, PositionDto } from './chat.dto.js';
import { type ReceiptPosition, showsReceipts, statusOf, toMessage } from './message-view.js';

/** Makes what a member sees of a chat out of its rows. */
@Injectable()
export class ChatView {
  constructor(
    private readonly list: ChatListRepository,
    private readonly users: UsersService,
  ) {}

  /** The chats in the order of the rows, for the person whose places in them the rows are. */
  async toChats(userId: string, rows: readonly ChatRow[], manager?: EntityManager): Promise<ChatDto[]> {
    if (rows.length === 0) return [];
    const ids = rows.map((row) => row.id);
    const memberRows = await this.list.members(ids, manager);
    const lastMessages = new Map((await this.list.lastMessages(userId, ids, manager)).map((row) => [row.chat_id, row]));
    const people = await this.users.byIds([...new Set(memberRows.map((row) => row.user_id))], manager);
    const membersByChat = Map.groupBy(memberRows, (row) => row.chat_id);
    return rows.map((row) => {
      const members = membersByChat.get(row.id);
      const last = lastMessages.get(row.id);
      const own = last?.sender_id === userId && members !== undefined && last.type !== 'system';
      return {
        ...this.describe(userId, row, members, people),
        lastMessage:
          last === undefined
            ? null
            : toMessage(last, own ? statusOf(last.seq, userId, members.map(toReceiptPosition)) : undefined),
      };
    });
  }

  /** Members with their profiles, in the order of the rows. */
  async toMembers(rows: readonly MemberRow[], manager?: EntityManager): Promise<MemberDto[]> {
    const people = await this.users.byIds(
      rows.map((row) => row.user_id),
      manager,
    );
    return rows.map((row) => toMember(row, people));
  }

  private describe(
    userId: string,
    row: ChatRow,
    members: readonly MemberRow[] | undefined,
    people: ReadonlyMap<string, UserDto>,
  ): Omit<ChatDto, 'lastMessage'> {
    const peerId = row.type === 'direct' ? members?.find((member) => member.user_id !== userId)?.user_id : undefined;
    const peer = peerId === undefined ? undefined : people.get(peerId);
    return {
      id: row.id,
      type: row.type,
      name: row.name ?? peer?.displayName ?? '',
      avatarUrl: row.avatar_url ?? peer?.avatarUrl ?? null,
      createdAt: row.created_at.toISOString(),
      ...(members !== undefined && showsReceipts(row.member_count)
        ? { members: members.map((member) => toMember(member, people)) }
        : {}),
      memberCount: row.member_count,
      role: row.role,
      lastActivity: row.last_activity_at.toISOString(),
      lastSeq: row.last_seq,
      firstSeq: row.visible_from_seq,
      version: row.version,
      lastReadSeq: row.read_seq,
      unreadCount: row.unread_count,
    };
  }
}

function toMember(row: MemberRow, people: ReadonlyMap<string, UserDto>): MemberDto {
  const user = people.get(row.user_id) ?? {
    id: row.user_id,
    username: '',
    displayName: '',
    avatarUrl: null,
    about: '',
  };
  return {
    user,
    role: row.role,
    joinedAt: row.joined_at.toISOString(),
    visibleFromSeq: row.visible_from_seq,
    deliveredSeq: row.delivered_seq,
    readSeq: row.read_seq,
  };
}

/** A member's place, as `statusOf` takes it. */
export function toReceiptPosition(row: MemberRow): ReceiptPosition {
  return {
    userId: row.user_id,
    visibleFromSeq: row.visible_from_seq,
    deliveredSeq: row.delivered_seq,
    readSeq: row.read_seq,
  };
}

/** How far a member has come, as others are told. */
export function toPosition({
  user_id: userId,
  delivered_seq: deliveredSeq,
  read_seq: readSeq,
}: MemberRow): PositionDto {
  return { userId, deliveredSeq, readSeq };
}
