import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { LIMITS } from '@chatr/contracts';
import { ChatMemberEntity } from './chat-member.entity.js';
import { CommitJournal } from './commit-journal.js';
import { nextUserCursors } from './user-cursors.js';

/** The one name of the direct chat of two people. */
export function directKeyOf(personId: string, peerId: string): string {
  return [personId, peerId].sort().join(':');
}

/**
 * Accepts the pending requests that these chats ($1), which are locked, are to these people ($2), unless one of the two blocked the
 * other: nothing is between them any more. Returns the chats and their new versions.
 */
export const ACCEPT_REQUESTS = `
  WITH answered AS (
    SELECT DISTINCT cm.chat_id
    FROM unnest($1::uuid[], $2::uuid[]) AS answer (chat_id, user_id)
    JOIN chat_members cm ON cm.chat_id = answer.chat_id AND cm.user_id = answer.user_id
    JOIN chat_members peer ON peer.chat_id = cm.chat_id AND peer.user_id <> cm.user_id
    WHERE cm.request = 'pending' AND NOT cm.peer_blocked AND NOT peer.peer_blocked
  ), moved AS (
    UPDATE chats SET version = version + 1, details_version = version + 1
    FROM answered WHERE chats.id = answered.chat_id
    RETURNING chats.id, chats.version
  ), opened AS (
    UPDATE chat_members
    SET request = NULL, sends_until_seq = NULL, shown_delivered_seq = NULL, shown_read_seq = NULL, version = moved.version
    FROM moved WHERE chat_members.chat_id = moved.id
  ), journal AS (
    INSERT INTO commit_journal (chat_ids, versions) SELECT array_agg(id), array_agg(version) FROM moved HAVING count(*) > 0
  )
  SELECT id, version FROM moved`;

/** Moves a locked chat on by one version, which is also that of its members. */
const NEXT_VERSION = `
  UPDATE chats SET version = version + 1, details_version = version + 1 WHERE id = $1 RETURNING version`;

/**
 * What the two of a direct chat ($1), which is locked, let each other do, made of what it follows from: who blocked whom, and who has
 * yet to answer the other's request. Whoever may not be written to shows nothing of how far they have come from then on.
 * A statement after those that changed either.
 */
const SETTLE = `
  UPDATE chat_members cm SET
    peer_blocked = pair.blocks,
    sends_until_seq = CASE
      WHEN pair.closed OR cm.request IS NOT NULL THEN 0
      WHEN pair.asks THEN ${LIMITS.requestMessages}
    END,
    shown_delivered_seq = CASE WHEN pair.closed OR cm.request IS NOT NULL THEN coalesce(cm.shown_delivered_seq, cm.delivered_seq) END,
    shown_read_seq = CASE WHEN pair.closed OR cm.request IS NOT NULL THEN coalesce(cm.shown_read_seq, cm.read_seq) END,
    version = pair.version
  FROM (
    SELECT own.chat_id, own.user_id, c.version, peer.request IS NOT NULL AS asks,
      EXISTS (SELECT 1 FROM blocks WHERE blocker_id = own.user_id AND blocked_id = peer.user_id) AS blocks,
      EXISTS (
        SELECT 1 FROM blocks
        WHERE (blocker_id = own.user_id AND blocked_id = peer.user_id) OR (blocker_id = peer.user_id AND blocked_id = own.user_id)
      ) AS closed
    FROM chats c
    JOIN chat_members own ON own.chat_id = c.id
    JOIN chat_members peer ON peer.chat_id = c.id AND peer.user_id <> own.user_id
    WHERE c.id = $1
  ) AS pair
  WHERE cm.chat_id = pair.chat_id AND cm.user_id = pair.user_id`;

/** A direct chat as one of the two finds it. */
export interface FoundDirect {
  id: string;
  /** Whether this one declined it, and so is not in it. */
  declined: boolean;
}

/** The rows of direct chats, as far as they are about what the two let each other do. */
@Injectable()
export class DirectChatsRepository {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly journal: CommitJournal,
  ) {}

  /** The chat of the two, from the first one's place in it. */
  async find(
    personId: string,
    peerId: string,
    manager: EntityManager = this.database.manager,
  ): Promise<FoundDirect | undefined> {
    const [found] = await manager.query<FoundDirect[]>(
      `SELECT c.id, cm.left_at IS NOT NULL AS declined
       FROM chats c JOIN chat_members cm ON cm.chat_id = c.id AND cm.user_id = $2 WHERE c.direct_key = $1`,
      [directKeyOf(personId, peerId), personId],
    );
    return found;
  }

  /** Whoever opens a chat of these two, or blocks one of them, does it after the other: a block never misses a chat that is being made. */
  async lockPair(personId: string, peerId: string, manager: EntityManager): Promise<void> {
    await manager.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [directKeyOf(personId, peerId)]);
  }

  async lock(chatId: string, manager: EntityManager): Promise<void> {
    await manager.query(`SELECT 1 FROM chats WHERE id = $1 FOR NO KEY UPDATE`, [chatId]);
  }

  /** In a chat that is just being made, this one has yet to accept it. */
  async ask(chatId: string, recipientId: string, manager: EntityManager): Promise<void> {
    await manager.update(ChatMemberEntity, { chatId, userId: recipientId }, { request: 'pending' });
    await manager.query(SETTLE, [chatId]);
  }

  /** Accepts what the locked chat is to this person. Returns its new version; undefined where there was nothing to accept, or a block. */
  async accept(chatId: string, userId: string, manager: EntityManager): Promise<number | undefined> {
    const [moved] = await manager.query<{ version: number }[]>(ACCEPT_REQUESTS, [[chatId], [userId]]);
    return moved?.version;
  }

  /**
   * Whether there was something to decline in the locked chat. It takes no version of it, and leaves the count of members alone: the
   * one who asked finds it as it was.
   */
  async decline(chatId: string, userId: string, manager: EntityManager): Promise<boolean> {
    const { affected } = await manager.update(
      ChatMemberEntity,
      { chatId, userId, request: 'pending' },
      { request: 'declined', leftAt: () => 'now()' },
    );
    if (affected !== 1) return false;
    await this.moveCursor(chatId, userId, manager);
    return true;
  }

  /** Who declined the locked chat is in it again, and has accepted it. Returns whether they were not. */
  async comeBack(chatId: string, userId: string, manager: EntityManager): Promise<boolean> {
    const [, count] = await manager.query<[unknown, number]>(
      `UPDATE chat_members SET request = NULL, left_at = NULL, joined_at = now(),
         joined_version = (SELECT version + 1 FROM chats WHERE id = $1)
       WHERE chat_id = $1 AND user_id = $2 AND request = 'declined'`,
      [chatId, userId],
    );
    if (count !== 1) return false;
    await this.moveCursor(chatId, userId, manager);
    return true;
  }

  /** The person's other devices are to hear of it. Cursors come after members, as everywhere, so that nobody waits in a circle. */
  private async moveCursor(chatId: string, userId: string, manager: EntityManager): Promise<void> {
    const userCursor = (await nextUserCursors(manager, [userId])).get(userId) ?? 0;
    await manager.update(ChatMemberEntity, { chatId, userId }, { userCursor });
  }

  /** Makes what the two let each other do anew, as a change of the locked chat. Returns its version. */
  async settle(chatId: string, manager: EntityManager, joinedIds: readonly string[] = []): Promise<number> {
    const [rows] = await manager.query<[{ version: number }[], number]>(NEXT_VERSION, [chatId]);
    const version = rows[0]?.version ?? 0;
    await manager.query(SETTLE, [chatId]);
    await this.journal.record(manager, chatId, version, joinedIds);
    return version;
  }

  /** How far those have come who show it, as `message:status` tells it. */
  positionsOf(
    chatId: string,
  ): Promise<{ userId: string; status: 'delivered' | 'read'; seq: number; messageId: string }[]> {
    return this.database.query(
      `SELECT cm.user_id AS "userId", at.status, at.seq, m.id AS "messageId"
       FROM chat_members cm CROSS JOIN LATERAL (VALUES ('delivered', cm.delivered_seq), ('read', cm.read_seq)) AS at (status, seq)
       JOIN messages m ON m.chat_id = cm.chat_id AND m.seq = at.seq
       WHERE cm.chat_id = $1 AND cm.shown_read_seq IS NULL ORDER BY at.status`,
      [chatId],
    );
  }

  /** The places of the two in their chat, of those who are in it. */
  places(chatId: string, manager: EntityManager = this.database.manager): Promise<DirectPlace[]> {
    return manager.query(
      `SELECT user_id, request IS NOT NULL AS request, peer_blocked AS blocked, shown_read_seq IS NOT NULL AS withdrawn,
         joined_version
       FROM chat_members WHERE chat_id = $1 AND left_at IS NULL ORDER BY user_id`,
      [chatId],
    );
  }
}

export interface DirectPlace {
  user_id: string;
  request: boolean;
  blocked: boolean;
  /** Whether they show nothing of themselves here: no receipts, no typing. */
  withdrawn: boolean;
  joined_version: number;
}
