import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';

/** Longer than any node may go without reading; one that did compares all it knows instead. */
export const JOURNAL_KEPT_MS = 300_000;

/** Somebody's place in a chat. */
export interface MemberKey {
  chatId: string;
  userId: string;
}

export interface JournalRead {
  /** From where the next read has to go on. */
  horizon: string;
  /** Chats that moved on, and how far. */
  heads: { chatId: string; version: number }[];
  /** People who were let into a chat. */
  joined: { chatId: string; userIds: string[] }[];
  /** Members whose position moved on; how far, their rows say. */
  moved: MemberKey[];
}

/**
 * One row for each transaction that changed chats, and one for each position that moved: from them every node finds out what was
 * committed elsewhere, also when whoever committed it died before telling. They are short-lived; the truth is in the chats and
 * members. The append, and the statements that move positions, write their rows themselves.
 */
@Injectable()
export class CommitJournal {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /** Notes, as part of the transaction, that a chat moved on to this version and let these people in. */
  async record(
    manager: EntityManager,
    chatId: string,
    version: number,
    joinedIds: readonly string[] = [],
  ): Promise<void> {
    await manager.query(`INSERT INTO commit_journal (chat_ids, versions, joined_ids) VALUES ($1, $2, $3)`, [
      [chatId],
      [version],
      joinedIds,
    ]);
  }

  /** Where reading begins: all that is committed now lies before it. */
  async start(): Promise<string> {
    const [row] = await this.database.query<[{ horizon: string }]>(
      `SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS horizon`,
    );
    return row.horizon;
  }

  /**
   * Everything committed since a horizon. Transactions become visible in another order than they are numbered in, so the next
   * read goes on from the oldest one still running: some rows come twice, none is passed over.
   */
  async read(since: string): Promise<JournalRead> {
    const rows = await this.database.query<
      { horizon: string; chat_id: string | null; version: number; joined_ids: string[] | null }[]
    >(
      `WITH entry AS (
         SELECT head.chat_id, head.version, j.joined_ids
         FROM commit_journal j CROSS JOIN LATERAL unnest(j.chat_ids, j.versions) AS head (chat_id, version)
         WHERE j.xid >= $1::text::xid8
       ), moved AS (
         SELECT chat_id, max(version) AS version, NULL::uuid[] AS joined_ids FROM entry GROUP BY chat_id
         UNION ALL
         SELECT chat_id, version, joined_ids FROM entry WHERE joined_ids <> '{}'
       )
       SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS horizon, moved.*
       FROM (SELECT 1) AS always LEFT JOIN moved ON true`,
      [since],
    );
    const read: JournalRead = { horizon: rows[0]?.horizon ?? since, heads: [], joined: [], moved: [] };
    for (const { chat_id: chatId, version, joined_ids: userIds } of rows) {
      if (chatId === null) continue;
      if (userIds === null) read.heads.push({ chatId, version });
      else read.joined.push({ chatId, userIds });
    }
    // It may see more than the read before it; the horizon is that one's.
    read.moved = await this.database.query(
      `SELECT DISTINCT chat_id AS "chatId", user_id AS "userId" FROM position_journal WHERE xid >= $1::text::xid8`,
      [since],
    );
    return read;
  }

  /** Members whose position moved on within so many seconds, as far back as the journal goes. */
  movedWithin(seconds: number): Promise<MemberKey[]> {
    return this.database.query(
      `SELECT DISTINCT chat_id AS "chatId", user_id AS "userId" FROM position_journal
       WHERE written_at > clock_timestamp() - make_interval(secs => $1)`,
      [seconds],
    );
  }

  /** Forgets what every node has had its time to read. */
  async trim(): Promise<void> {
    for (const table of ['commit_journal', 'position_journal']) {
      await this.database.query(
        `DELETE FROM ${table} WHERE written_at < clock_timestamp() - make_interval(secs => $1)`,
        [JOURNAL_KEPT_MS / 1000],
      );
    }
  }
}
