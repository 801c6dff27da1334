import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

export interface MembershipChanges {
  /** Chats the person is in, whose membership or own read position changed. */
  active: string[];
  /** Chats the person left. */
  left: string[];
  /** Up to where this goes. */
  cursor: number;
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
      active: page.filter((row) => !row.gone).map((row) => row.chat_id),
      left: page.filter((row) => row.gone).map((row) => row.chat_id),
      cursor: page.at(-1)?.user_cursor ?? since,
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
