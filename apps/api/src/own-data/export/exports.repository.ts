import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';

const TICKET_SECONDS = 5 * 60;
/** A download that was not heard of for this long ended with its node. */
const LEASE_SECONDS = 30;

export interface NewTicket {
  userId: string;
  /** The ticket is good for as long as this session is. */
  sessionId: string;
  hash: Buffer;
  chats: number;
}

export interface Progress {
  bytes: number;
  chatsDone: number;
}

export interface ExportRow extends Progress {
  chats: number;
  /** The link can still be used. */
  waiting: boolean;
  running: boolean;
  finished: boolean;
  /** A download has begun at some time. */
  begun: boolean;
}

/** Rows of `UPDATE … RETURNING` through TypeORM. */
type Changed<Row> = [Row[], number];

/** Whose session still may have the archive. */
const IN_GOOD_STANDING = `
  s.id = e.session_id AND s.user_id = e.user_id AND s.ended_at IS NULL AND s.expires_at > now()
  AND u.id = e.user_id AND u.suspended_at IS NULL AND u.deleted_at IS NULL`;

/** The one archive of each person that is asked for or on its way. Times are the database's. */
@Injectable()
export class ExportsRepository {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /** Puts a ticket in the place of an earlier one. @returns until when it is good; undefined while a download is under way */
  async open({ userId, sessionId, hash, chats }: NewTicket): Promise<Date | undefined> {
    const rows = await this.database.query<{ until: Date }[]>(
      `INSERT INTO data_exports AS e (user_id, session_id, ticket_hash, ticket_expires_at, chats)
       VALUES ($1, $2, $3, now() + make_interval(secs => $5), $4)
       ON CONFLICT (user_id) DO UPDATE SET session_id = excluded.session_id, ticket_hash = excluded.ticket_hash,
         ticket_expires_at = excluded.ticket_expires_at, chats = excluded.chats, run_id = NULL, lease_until = NULL,
         finished_at = NULL, bytes = 0, chats_done = 0
       WHERE e.lease_until IS NULL OR e.lease_until < now()
       RETURNING ticket_expires_at AS until`,
      [userId, sessionId, hash, chats, TICKET_SECONDS],
    );
    return rows[0]?.until;
  }

  /** Uses a ticket up. @returns whose it was; undefined where it is none, is too old, or its session is over */
  async begin(hash: Buffer, runId: string): Promise<string | undefined> {
    const [rows] = await this.database.query<Changed<{ user_id: string }>>(
      `UPDATE data_exports e SET ticket_hash = NULL, run_id = $2, lease_until = now() + make_interval(secs => $3)
       FROM sessions s, users u
       WHERE e.ticket_hash = $1 AND e.ticket_expires_at > now() AND ${IN_GOOD_STANDING}
       RETURNING e.user_id`,
      [hash, runId, LEASE_SECONDS],
    );
    return rows[0]?.user_id;
  }

  /** Notes how far a download has come. @returns whether it may go on: its session may be over */
  async goOn(runId: string, { bytes, chatsDone }: Progress): Promise<boolean> {
    const [, count] = await this.database.query<Changed<unknown>>(
      `UPDATE data_exports e SET bytes = $2, chats_done = $3, lease_until = now() + make_interval(secs => $4)
       FROM sessions s, users u WHERE e.run_id = $1 AND e.lease_until > now() AND ${IN_GOOD_STANDING}`,
      [runId, bytes, chatsDone, LEASE_SECONDS],
    );
    return count === 1;
  }

  async end(runId: string, { bytes, chatsDone }: Progress, complete: boolean): Promise<void> {
    await this.database.query(
      `UPDATE data_exports SET bytes = $2, chats_done = $3, lease_until = NULL,
         finished_at = CASE WHEN $4::boolean THEN now() END WHERE run_id = $1`,
      [runId, bytes, chatsDone, complete],
    );
  }

  async status(userId: string): Promise<ExportRow | undefined> {
    const rows = await this.database.query<ExportRow[]>(
      `SELECT bytes, chats, chats_done AS "chatsDone", ticket_hash IS NOT NULL AND ticket_expires_at > now() AS waiting,
         coalesce(lease_until > now(), false) AS running, finished_at IS NOT NULL AS finished, run_id IS NOT NULL AS begun
       FROM data_exports WHERE user_id = $1`,
      [userId],
    );
    return rows[0];
  }

  async countChats(userId: string): Promise<number> {
    const [row] = await this.database.query<[{ count: number }]>(
      `SELECT count(*)::int AS count FROM chat_members WHERE user_id = $1 AND left_at IS NULL`,
      [userId],
    );
    return row.count;
  }
}
