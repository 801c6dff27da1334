import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

export interface MembershipChange {
  chatId: string;
  /** Whether the person left; else the membership is new, or it or the own read position changed. */
  gone: boolean;
  /** The person's counter at this change. */
  cursor: number;
}

export interface MembershipChanges {
  /** Ascending by `cursor`. */
  changes: MembershipChange[];
  /** Where they begin. */
  since: number;
  hasMore: boolean;
}

/** Reads what changed for one person, by the counter that each such change has moved on. */
@Injectable()
export class MembershipChangesRepository {
  async since(userId: string, cursor: number, limit: number, manager: EntityManager): Promise<MembershipChanges> {
    // A cursor from a future that a restored backup took away: everything is told again.
    const since = cursor > (await this.head(userId, manager)) ? 0 : cursor;
    const rows = await manager.query<{ chat_id: string; gone: boolean; user_cursor: number }[]>(
      `SELECT chat_id, left_at IS NOT NULL AS gone, user_cursor FROM chat_members
       WHERE user_id = $1 AND user_cursor > $2 ORDER BY user_cursor LIMIT $3`,
      [userId, since, limit + 1],
    );
    const page = rows.slice(0, limit);
    return {
      changes: page.map((row) => ({ chatId: row.chat_id, gone: row.gone, cursor: row.user_cursor })),
      since,
      hasMore: rows.length > limit,
    };
  }

  private async head(userId: string, manager: EntityManager): Promise<number> {
    const [row] = await manager.query<{ cursor: number }[]>(`SELECT cursor FROM user_cursors WHERE user_id = $1`, [
      userId,
    ]);
    return row?.cursor ?? 0;
  }
}
