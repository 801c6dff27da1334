import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { toJoinedUser, withoutProfile } from '../users/index.js';
import { ChatListRepository, type ChatRow, type MemberRow } from './chat-list.repository.js';
import type { ChatDto, MemberDto, PositionDto } from './chat.dto.js';
import { type ReceiptPosition, showsReceipts, statusOf, toMessage } from './message-view.js';

/** Makes what a member sees of a chat out of its rows. */
@Injectable()
export class ChatView {
  constructor(private readonly list: ChatListRepository) {}

  /** The chats in the order of the rows, for the person whose places in them the rows are. */
  async toChats(userId: string, rows: readonly ChatRow[], manager?: EntityManager): Promise<ChatDto[]> {
    if (rows.length === 0) return [];
    const ids = rows.map((row) => row.id);
    const memberRows = await this.list.members(userId, ids, manager);
    const lastMessages = new Map((await this.list.lastMessages(userId, ids, manager)).map((row) => [row.chat_id, row]));
    const membersByChat = Map.groupBy(memberRows, (row) => row.chat_id);
    return rows.map((row) => {
      const members = membersByChat.get(row.id);
      const last = lastMessages.get(row.id);
      const own = last?.sender_id === userId && members !== undefined && last.type !== 'system';
      return {
        ...describe(userId, row, members),
        lastMessage:
          last === undefined
            ? null
            : toMessage(last, own ? statusOf(last.seq, userId, members.map(toReceiptPosition)) : undefined),
      };
    });
  }
}

function describe(
  userId: string,
  row: ChatRow,
  members: readonly MemberRow[] | undefined,
): Omit<ChatDto, 'lastMessage'> {
  const peerRow = row.type === 'direct' ? members?.find((member) => member.user_id !== userId) : undefined;
  const peer = peerRow === undefined ? undefined : toMember(peerRow).user;
  return {
    id: row.id,
    type: row.type,
    name: row.name ?? peer?.displayName ?? '',
    avatarUrl: row.avatar_url ?? peer?.avatarUrl ?? null,
    createdAt: row.created_at.toISOString(),
    ...(members !== undefined && showsReceipts(row.member_count) ? { members: members.map(toMember) } : {}),
    memberCount: row.member_count,
    role: row.role,
    lastActivity: row.last_activity_at.toISOString(),
    lastSeq: row.last_seq,
    firstSeq: row.visible_from_seq,
    version: row.version,
    lastReadSeq: row.read_seq,
    unreadCount: row.unread_count,
    request: row.request,
    blocked: row.blocked,
  };
}

/** A member with their profile. */
export function toMember(row: MemberRow): MemberDto {
  return {
    user: row.hides_profile ? withoutProfile(toJoinedUser(row.user_id, row)) : toJoinedUser(row.user_id, row),
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
