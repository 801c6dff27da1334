import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';

/** Until then somebody may have looked an account up before it was deleted, and let it in somewhere afterwards. */
const SETTLED_SECONDS = 3_600;

export interface UnfinishedDeletion {
  userId: string;
  /** Whether it has been to every chat that there was. */
  toldEverywhere: boolean;
  /** Whether nothing about it can come up any more. */
  settled: boolean;
}

/** Deleted accounts that may still be in a chat. Times are the database's. */
@Injectable()
export class DeletionsRepository {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  async begin(userId: string, manager: EntityManager): Promise<void> {
    await manager.query(`INSERT INTO account_deletions (user_id) VALUES ($1)`, [userId]);
  }

  /** Oldest first. */
  unfinished(): Promise<UnfinishedDeletion[]> {
    return this.database.query(
      `SELECT user_id AS "userId", told_at IS NOT NULL AS "toldEverywhere",
         deleted_at < now() - make_interval(secs => $1) AS settled
       FROM account_deletions ORDER BY deleted_at`,
      [SETTLED_SECONDS],
    );
  }

  async toldEverywhere(userId: string): Promise<void> {
    await this.database.query(`UPDATE account_deletions SET told_at = now() WHERE user_id = $1`, [userId]);
  }

  async finish(userId: string, manager: EntityManager): Promise<void> {
    await manager.query(`DELETE FROM account_deletions WHERE user_id = $1`, [userId]);
  }

  /** Groups that the person is in, and direct chats of theirs that are not closed. */
  chatsToLeave(userId: string, limit: number): Promise<{ id: string; type: 'direct' | 'group' }[]> {
    return this.database.query(
      `SELECT c.id, c.type FROM chat_members cm JOIN chats c ON c.id = cm.chat_id
       WHERE cm.user_id = $1
         AND CASE c.type WHEN 'group' THEN cm.left_at IS NULL ELSE c.closed_at IS NULL END
       ORDER BY c.id LIMIT $2`,
      [userId, limit],
    );
  }

  /** Groups that the person was ever in, by id, after one of them. */
  groupsOnce(userId: string, limit: number, after?: string): Promise<{ id: string }[]> {
    return this.database.query(
      `SELECT c.id FROM chat_members cm JOIN chats c ON c.id = cm.chat_id
       WHERE cm.user_id = $1 AND c.type = 'group' AND ($3::uuid IS NULL OR c.id > $3) ORDER BY c.id LIMIT $2`,
      [userId, limit, after ?? null],
    );
  }

  /** Their sessions are over and say nothing about them; by now nobody asks whether they are. */
  async forgetSessions(userId: string, manager: EntityManager): Promise<void> {
    await manager.query(`DELETE FROM sessions WHERE user_id = $1`, [userId]);
  }
}
