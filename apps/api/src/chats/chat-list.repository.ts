import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { LIMITS } from '@chatr/contracts';
import { blockersOf, joinUser, PUBLIC_USER_COLUMNS, type PublicUserRow } from '../users/index.js';
import type { ChatType, Role } from './chat.dto.js';
import { joinReply, MESSAGE_COLUMNS, type MessageRow } from './message-view.js';

/** A chat from one member's place in it. */
export interface ChatRow {
  id: string;
  type: ChatType;
  name: string | null;
  avatar_url: string | null;
  created_at: Date;
  last_seq: number;
  version: number;
  activity_id: string;
  last_activity_at: Date;
  member_count: number;
  role: Role;
  visible_from_seq: number;
  joined_version: number;
  read_seq: number;
  user_cursor: number;
  /** Whether they have yet to accept it. */
  request: boolean;
  /** Whether they blocked the other one of a direct chat. */
  blocked: boolean;
  unread_count: number;
}

export interface MemberRow extends PublicUserRow {
  chat_id: string;
  user_id: string;
  role: Role;
  joined_at: Date;
  visible_from_seq: number;
  delivered_seq: number;
  read_seq: number;
  version: number;
  /** Whether they blocked whoever reads this. */
  hides_profile: boolean;
}

/** Messages of others that a member can see and has not read, counted no further than anybody shows. */
const UNREAD_COUNT = `
  CASE WHEN c.last_seq <= cm.read_seq THEN 0 ELSE (
    SELECT count(*)::int FROM (
      SELECT 1 FROM messages u
      WHERE u.chat_id = c.id AND u.seq > greatest(cm.read_seq, cm.visible_from_seq - 1)
        AND u.sender_id <> cm.user_id AND u.deleted_at IS NULL AND u.type <> 'system'
      LIMIT ${LIMITS.unreadCount + 1}
    ) AS unread
  ) END AS unread_count`;

const CHAT_COLUMNS = `
  c.id, c.type, c.name, c.avatar_url, c.created_at, c.last_seq, c.version, c.activity_id, c.last_activity_at, c.member_count,
  cm.role, cm.visible_from_seq, cm.joined_version, cm.read_seq, cm.user_cursor, cm.request IS NOT NULL AS request,
  cm.peer_blocked AS blocked`;

/**
 * Members as somebody sees them whose id the statement calls $1. This is the one place that says how far they see others to have come,
 * in REST and sync alike; events follow it (`PositionMoved`).
 */
const MEMBER_COLUMNS = `
  cm.chat_id, cm.user_id, cm.role, cm.joined_at, cm.visible_from_seq, cm.version,
  CASE WHEN cm.user_id = $1::uuid THEN cm.delivered_seq ELSE coalesce(cm.shown_delivered_seq, cm.delivered_seq) END AS delivered_seq,
  CASE WHEN cm.user_id = $1::uuid THEN cm.read_seq ELSE coalesce(cm.shown_read_seq, cm.read_seq) END AS read_seq,
  cm.user_id = ANY(${blockersOf('$1::uuid')}) AS hides_profile,
  ${PUBLIC_USER_COLUMNS}`;

/** Who is in a chat. Who declined it left it unnoticed. */
const PRESENT = `(cm.left_at IS NULL OR cm.request = 'declined')`;

const MEMBERSHIP = `FROM chat_members cm JOIN chats c ON c.id = cm.chat_id WHERE cm.user_id = $1 AND cm.left_at IS NULL`;

/** Reads chats for their members: three statements whatever the number of chats. */
@Injectable()
export class ChatListRepository {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /** A page of a person's chats, newest activity first. `after` is the activity id of the last chat of the page before. */
  page(userId: string, limit: number, after?: string): Promise<ChatRow[]> {
    // The page is cut before unread messages are counted.
    return this.database.query(
      `WITH page AS (
         SELECT cm.chat_id ${MEMBERSHIP} AND ($3::uuid IS NULL OR c.activity_id < $3::uuid)
         ORDER BY c.activity_id DESC LIMIT $2
       )
       SELECT ${CHAT_COLUMNS}, ${UNREAD_COUNT}
       FROM page JOIN chats c ON c.id = page.chat_id JOIN chat_members cm ON cm.chat_id = c.id AND cm.user_id = $1
       ORDER BY c.activity_id DESC`,
      [userId, limit, after ?? null],
    );
  }

  /** Those of these chats that the person is in. */
  byIds(
    userId: string,
    chatIds: readonly string[],
    manager: EntityManager = this.database.manager,
  ): Promise<ChatRow[]> {
    return manager.query(`SELECT ${CHAT_COLUMNS}, ${UNREAD_COUNT} ${MEMBERSHIP} AND cm.chat_id = ANY($2::uuid[])`, [
      userId,
      chatIds,
    ]);
  }

  /** The present members of these chats as somebody sees them, without those of groups too large for lists. */
  members(
    viewerId: string,
    chatIds: readonly string[],
    manager: EntityManager = this.database.manager,
  ): Promise<MemberRow[]> {
    return manager.query(
      `SELECT ${MEMBER_COLUMNS}
       FROM chat_members cm JOIN chats c ON c.id = cm.chat_id ${joinUser('cm.user_id')}
       WHERE cm.chat_id = ANY($2::uuid[]) AND ${PRESENT} AND c.member_count <= $3
       ORDER BY cm.chat_id, cm.joined_at, cm.user_id`,
      [viewerId, chatIds, LIMITS.receiptMembers],
    );
  }

  /** The present members of one chat, however many, as somebody sees them; without a viewer, as everybody in the chat may. */
  allMembers(
    chatId: string,
    manager: EntityManager = this.database.manager,
    viewerId: string | null = null,
  ): Promise<MemberRow[]> {
    return manager.query(
      `SELECT ${MEMBER_COLUMNS} FROM chat_members cm ${joinUser('cm.user_id')}
       WHERE cm.chat_id = $2 AND cm.left_at IS NULL ORDER BY cm.joined_at, cm.user_id`,
      [viewerId, chatId],
    );
  }

  /** The newest message that the person can see of each of these chats. */
  lastMessages(
    userId: string,
    chatIds: readonly string[],
    manager: EntityManager = this.database.manager,
  ): Promise<MessageRow[]> {
    return manager.query(
      `SELECT ${MESSAGE_COLUMNS}
       FROM chat_members cm JOIN chats c ON c.id = cm.chat_id
       JOIN messages m ON m.chat_id = c.id AND m.seq = c.last_seq AND m.seq >= cm.visible_from_seq
       ${joinReply('cm.visible_from_seq')}
       WHERE cm.user_id = $1 AND cm.chat_id = ANY($2::uuid[])`,
      [userId, chatIds],
    );
  }
}
