import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';

/** Longer than any node may go without reading; one that did compares all it knows instead. */
export const JOURNAL_KEPT_MS = 300_000;
const TRIMMED_AT_ONCE = 10_000;
/** Any number would do. */
const TRIM_LOCK = 7_305_812;

/** Rows of transactions that the snapshot $1 does not see; the comparison of numbers is what the index serves. */
const UNSEEN = `xid >= pg_snapshot_xmin($1::text::pg_snapshot) AND NOT pg_visible_in_snapshot(xid, $1::text::pg_snapshot)`;

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
    const [row] = await this.database.query<[{ horizon: string }]>(`SELECT pg_current_snapshot()::text AS horizon`);
    return row.horizon;
  }

  /**
   * Everything committed since a horizon. Transactions become visible in another order than they are numbered in, so the horizon
   * is what the read before saw, as PostgreSQL writes a snapshot down: new is what that one could not see.
   */
  read(since: string): Promise<JournalRead> {
    return this.database.transaction('REPEATABLE READ', async (manager) => {
      const [{ horizon }] = await manager.query<[{ horizon: string }]>(`SELECT pg_current_snapshot()::text AS horizon`);
      const heads = await manager.query<JournalRead['heads']>(
        `SELECT head.chat_id AS "chatId", max(head.version) AS version
         FROM commit_journal CROSS JOIN LATERAL unnest(chat_ids, versions) AS head (chat_id, version)
         WHERE ${UNSEEN} GROUP BY head.chat_id`,
        [since],
      );
      const joined = await manager.query<JournalRead['joined']>(
        `SELECT chat_ids[1] AS "chatId", joined_ids AS "userIds" FROM commit_journal WHERE ${UNSEEN} AND joined_ids <> '{}'`,
        [since],
      );
      const moved = await manager.query<MemberKey[]>(
        `SELECT DISTINCT chat_id AS "chatId", user_id AS "userId" FROM position_journal WHERE ${UNSEEN}`,
        [since],
      );
      return { horizon, heads, joined, moved };
    });
  }

  /** Members whose position moved on within so many seconds, as far back as the journal goes. */
  movedWithin(seconds: number): Promise<MemberKey[]> {
    return this.database.query(
      `SELECT DISTINCT chat_id AS "chatId", user_id AS "userId" FROM position_journal
       WHERE written_at > clock_timestamp() - make_interval(secs => $1)`,
      [seconds],
    );
  }

  /** Forgets what every node has had its time to read. One node at a time does it, some rows at a time. */
  async trim(): Promise<void> {
    for (const table of ['commit_journal', 'position_journal']) {
      let deleted = TRIMMED_AT_ONCE;
      while (deleted === TRIMMED_AT_ONCE) {
        const [, count] = await this.database.query<[unknown, number]>(
          `WITH turn AS MATERIALIZED (SELECT pg_try_advisory_xact_lock($3) AS mine)
           DELETE FROM ${table} WHERE (SELECT mine FROM turn) AND ctid = ANY(ARRAY(
             SELECT ctid FROM ${table} WHERE written_at < clock_timestamp() - make_interval(secs => $1) LIMIT $2
           ))`,
          [JOURNAL_KEPT_MS / 1000, TRIMMED_AT_ONCE, TRIM_LOCK],
        );
        deleted = count;
      }
    }
  }
}
