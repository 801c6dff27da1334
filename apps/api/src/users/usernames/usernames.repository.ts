import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { skeletonOf } from './skeleton.js';

/** A username that was given up stays its owner's for so long, and so long passes before the next change. */
export const USERNAME_DAYS = 30;

/** Who holds which username, and which were given up lately. Times are the database's. */
@Injectable()
export class UsernamesRepository {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /** Those of these usernames that nobody else has, nor one that looks like it. */
  async free(
    usernames: readonly string[],
    userId?: string,
    manager: EntityManager = this.database.manager,
  ): Promise<string[]> {
    const rows = await manager.query<{ skeleton: string }[]>(
      `SELECT username_skeleton AS skeleton FROM users
       WHERE username_skeleton = ANY($1::text[]) AND ($2::uuid IS NULL OR id <> $2)
       UNION ALL
       SELECT skeleton FROM username_reservations
       WHERE skeleton = ANY($1::text[]) AND ($2::uuid IS NULL OR user_id <> $2) AND reserved_until > now()`,
      [usernames.map(skeletonOf), userId ?? null],
    );
    const taken = new Set(rows.map((row) => row.skeleton));
    return usernames.filter((username) => !taken.has(skeletonOf(username)));
  }

  /** Makes those who want look-alike names at the same moment wait for each other, until the transaction ends. */
  async lock(username: string, manager: EntityManager): Promise<void> {
    await manager.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 7216402))`, [skeletonOf(username)]);
  }

  /** When the next change of username is possible, and whether this one is still reserved for the person. */
  async standing(
    userId: string,
    username: string,
    manager: EntityManager,
  ): Promise<{ waitsUntil: Date | null; isOwn: boolean }> {
    const [row] = await manager.query<{ waits_until: Date | null; is_own: boolean }[]>(
      `SELECT CASE WHEN username_changed_at + make_interval(days => $3) > now()
                THEN username_changed_at + make_interval(days => $3) END AS waits_until,
              EXISTS (SELECT 1 FROM username_reservations r
                      WHERE r.username = $2 AND r.user_id = $1 AND r.reserved_until > now()) AS is_own
       FROM users WHERE id = $1`,
      [userId, username, USERNAME_DAYS],
    );
    return { waitsUntil: row?.waits_until ?? null, isOwn: row?.is_own === true };
  }

  /** Notes that a person goes by another name from now on. Taking an own one back does not begin the wait anew. */
  async note(
    userId: string,
    change: { from: string; to: string; isOwn: boolean },
    manager: EntityManager,
  ): Promise<void> {
    await manager.query(
      `DELETE FROM username_reservations WHERE (user_id = $1 AND username = $2) OR reserved_until < now()`,
      [userId, change.to],
    );
    await manager.query(
      `INSERT INTO username_reservations (username, skeleton, user_id, reserved_until)
       VALUES ($2, $3, $1, now() + make_interval(days => $4))
       ON CONFLICT (username) DO UPDATE SET user_id = excluded.user_id, reserved_until = excluded.reserved_until`,
      [userId, change.from, skeletonOf(change.from), USERNAME_DAYS],
    );
    if (!change.isOwn) await manager.query(`UPDATE users SET username_changed_at = now() WHERE id = $1`, [userId]);
  }
}
