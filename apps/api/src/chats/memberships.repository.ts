import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { type DataSource, type EntityManager, IsNull } from 'typeorm';
import { LIMITS } from '@chatr/contracts';
import { ProblemError } from '../platform/index.js';
import { ChatMemberEntity } from './chat-member.entity.js';
import type { LockedChat } from './chat-transaction.js';
import type { Role } from './chat.dto.js';
import { nextUserCursors } from './user-cursors.js';

export interface NewMember {
  userId: string;
  role: Role;
}

/** A chat that somebody is in, and the version it stood at when that was read. */
export interface HeldChat {
  chatId: string;
  version: number;
  /** Whether they show nothing of themselves there. */
  withdrawn: boolean;
}

/** Who is in which chat. */
@Injectable()
export class MembershipsRepository {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /** @throws ProblemError not_a_member, for chats that do not exist as well */
  async require(
    chatId: string,
    userId: string,
    manager: EntityManager = this.database.manager,
  ): Promise<ChatMemberEntity> {
    const member = await manager.findOneBy(ChatMemberEntity, { chatId, userId, leftAt: IsNull() });
    if (member === null) throw new ProblemError('not_a_member');
    return member;
  }

  /** Every chat the person is in, with its version. */
  async held(userId: string): Promise<HeldChat[]> {
    return this.database.query<HeldChat[]>(
      `SELECT c.id AS "chatId", c.version, cm.shown_read_seq IS NOT NULL AS withdrawn
       FROM chat_members cm JOIN chats c ON c.id = cm.chat_id
       WHERE cm.user_id = $1 AND cm.left_at IS NULL`,
      [userId],
    );
  }

  /** The direct chats and small groups in which this person is: those whose members are told what becomes of each other. */
  async smallChats(userId: string): Promise<string[]> {
    const rows = await this.database.query<{ id: string }[]>(
      `SELECT c.id FROM chat_members cm JOIN chats c ON c.id = cm.chat_id
       WHERE cm.user_id = $1 AND cm.left_at IS NULL AND c.member_count <= $2`,
      [userId, LIMITS.receiptMembers],
    );
    return rows.map((row) => row.id);
  }

  /** The chats whose members see this person's presence: direct chats in which they show themselves, and small groups. */
  async chatsSharingPresence(userId: string): Promise<string[]> {
    const rows = await this.database.query<{ id: string }[]>(
      `SELECT c.id FROM chat_members cm JOIN chats c ON c.id = cm.chat_id
       WHERE cm.user_id = $1 AND cm.left_at IS NULL AND cm.shown_read_seq IS NULL AND c.member_count <= $2`,
      [userId, LIMITS.receiptMembers],
    );
    return rows.map((row) => row.id);
  }

  /**
   * Who shows their presence to this person: they share a small group, or a direct chat in which the other one shows themselves. With
   * `among`, only those of them. At most `limit` ids. What their settings say, and blocks, is another question (`PeopleVisibility`).
   */
  peopleSharingPresence(userId: string, limit: number, among?: readonly string[]): Promise<string[]> {
    return this.peers(userId, 'peer', limit, among);
  }

  /** The other way round: those to whom this person shows their own presence. */
  peopleSeeingPresence(userId: string, limit: number, among?: readonly string[]): Promise<string[]> {
    return this.peers(userId, 'own', limit, among);
  }

  private async peers(
    userId: string,
    shows: 'own' | 'peer',
    limit: number,
    among: readonly string[] | undefined,
  ): Promise<string[]> {
    const rows = await this.database.query<{ user_id: string }[]>(
      `SELECT DISTINCT peer.user_id
       FROM chat_members own JOIN chats c ON c.id = own.chat_id JOIN chat_members peer ON peer.chat_id = own.chat_id
       WHERE own.user_id = $1 AND own.left_at IS NULL AND c.member_count <= $2 AND ${shows}.shown_read_seq IS NULL
         AND peer.left_at IS NULL AND peer.user_id <> $1 AND ($4::uuid[] IS NULL OR peer.user_id = ANY($4::uuid[]))
       LIMIT $3`,
      [userId, LIMITS.receiptMembers, limit, among ?? null],
    );
    return rows.map((row) => row.user_id);
  }

  /** Those of these people who share any chat with this person. */
  async sharingChat(userId: string, among: readonly string[]): Promise<string[]> {
    if (among.length === 0) return [];
    const rows = await this.database.query<{ user_id: string }[]>(
      `SELECT DISTINCT peer.user_id FROM chat_members own
       JOIN chat_members peer ON peer.chat_id = own.chat_id AND peer.user_id = ANY($2::uuid[]) AND peer.left_at IS NULL
       WHERE own.user_id = $1`,
      [userId, among],
    );
    return rows.map((row) => row.user_id);
  }

  /**
   * Lets people into a locked chat, or back into it: they see what comes from now on. The caller has taken `version` for it.
   * Those who are in it already are left as they are.
   */
  async add(locked: LockedChat, members: readonly NewMember[], version: number): Promise<void> {
    const { manager, chat } = locked;
    const userIds = members.map((member) => member.userId);
    await this.lockRows(locked, userIds);
    const cursors = await nextUserCursors(manager, userIds);
    // Everything before is as good as read: a newcomer starts with nothing unread.
    await manager.query(
      `INSERT INTO chat_members (chat_id, user_id, role, visible_from_seq, joined_version, version, delivered_seq, read_seq, user_cursor)
       SELECT $1, user_id, role, $2 + 1, $3, $3, $2, $2, user_cursor
       FROM unnest($4::uuid[], $5::text[], $6::bigint[]) AS added (user_id, role, user_cursor)
       ON CONFLICT (chat_id, user_id) DO UPDATE
         SET role = excluded.role, joined_at = now(), left_at = NULL, visible_from_seq = excluded.visible_from_seq,
             joined_version = excluded.joined_version, version = excluded.version, delivered_seq = excluded.delivered_seq,
             read_seq = excluded.read_seq, user_cursor = excluded.user_cursor
         WHERE chat_members.left_at IS NOT NULL`,
      [
        chat.id,
        chat.lastSeq,
        version,
        userIds,
        members.map((member) => member.role),
        userIds.map((id) => cursors.get(id) ?? 0),
      ],
    );
    chat.memberCount += members.length;
    chat.detailsVersion = version;
  }

  /** Lets one member go from a locked chat. The caller has taken `version` for it. */
  async remove(locked: LockedChat, userId: string, version: number): Promise<void> {
    const { manager, chat } = locked;
    await this.lockRows(locked, [userId]);
    const cursors = await nextUserCursors(manager, [userId]);
    await manager.update(
      ChatMemberEntity,
      { chatId: chat.id, userId },
      { leftAt: () => 'now()', version, userCursor: cursors.get(userId) ?? 0 },
    );
    chat.memberCount -= 1;
    chat.detailsVersion = version;
  }

  /** Members before their cursors, as everywhere: reading takes them in this order too, and nobody waits in a circle. */
  private async lockRows({ manager, chat }: LockedChat, userIds: readonly string[]): Promise<void> {
    await manager.query(
      `SELECT 1 FROM chat_members WHERE chat_id = $1 AND user_id = ANY($2::uuid[]) ORDER BY user_id FOR NO KEY UPDATE`,
      [chat.id, userIds],
    );
  }
}
