import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { newId } from '../platform/index.js';
import { PUBLIC_USER_COLUMNS, type PublicUserRow } from './user-view.js';

/** The ids of those who blocked the person that this stands for in a statement: looked up once, whatever it is compared with. */
export const blockersOf = (personId: string): string =>
  `ARRAY(SELECT blocker_id FROM blocks WHERE blocked_id = ${personId})`;

export interface BlockRow extends PublicUserRow {
  id: string;
  blocked_id: string;
  created_at: Date;
}

/** Who blocked whom. */
@Injectable()
export class BlocksRepository {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /** Whether something changed: blocking twice is blocking once. */
  async add(blockerId: string, blockedId: string, manager: EntityManager): Promise<boolean> {
    const rows = await manager.query<unknown[]>(
      `INSERT INTO blocks (id, blocker_id, blocked_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING 1`,
      [newId(), blockerId, blockedId],
    );
    return rows.length > 0;
  }

  /** Whether something changed. */
  async remove(blockerId: string, blockedId: string, manager: EntityManager): Promise<boolean> {
    const [, count] = await manager.query<[unknown, number]>(
      `DELETE FROM blocks WHERE blocker_id = $1 AND blocked_id = $2`,
      [blockerId, blockedId],
    );
    return count > 0;
  }

  /** Those whom a person blocked, last ones first; `before` is the id of the last block of the page before. */
  page(blockerId: string, limit: number, before?: string): Promise<BlockRow[]> {
    return this.database.query(
      `SELECT b.id, b.blocked_id, b.created_at, ${PUBLIC_USER_COLUMNS}
       FROM blocks b JOIN users u ON u.id = b.blocked_id AND u.deleted_at IS NULL
       WHERE b.blocker_id = $1 AND ($3::uuid IS NULL OR b.id < $3::uuid)
       ORDER BY b.id DESC LIMIT $2`,
      [blockerId, limit, before ?? null],
    );
  }

  /** Who of these blocked the person, and whom of these the person blocked. */
  async between(
    personId: string,
    others: readonly string[],
    manager: EntityManager = this.database.manager,
  ): Promise<{ blockedBy: string[]; blocked: string[] }> {
    if (others.length === 0) return { blockedBy: [], blocked: [] };
    const rows = await manager.query<{ blocker_id: string; blocked_id: string }[]>(
      `SELECT blocker_id, blocked_id FROM blocks
       WHERE (blocked_id = $1 AND blocker_id = ANY($2::uuid[])) OR (blocker_id = $1 AND blocked_id = ANY($2::uuid[]))`,
      [personId, others],
    );
    return {
      blockedBy: rows.filter((row) => row.blocked_id === personId).map((row) => row.blocker_id),
      blocked: rows.filter((row) => row.blocker_id === personId).map((row) => row.blocked_id),
    };
  }

  /** Everybody whom the person blocked. */
  async blockedBy(personId: string): Promise<string[]> {
    const rows = await this.database.query<{ id: string }[]>(
      `SELECT blocked_id AS id FROM blocks WHERE blocker_id = $1`,
      [personId],
    );
    return rows.map((row) => row.id);
  }

  /** Whether the person blocked anybody, or anybody blocked the person. */
  async isApart(personId: string): Promise<boolean> {
    const rows = await this.database.query<unknown[]>(
      `SELECT 1 FROM blocks WHERE blocker_id = $1 UNION ALL SELECT 1 FROM blocks WHERE blocked_id = $1 LIMIT 1`,
      [personId],
    );
    return rows.length > 0;
  }

  /** Of pairs of people, those between whom there is a block, whichever way. In the order of the pairs. */
  async areApart(pairs: readonly (readonly [string, string])[]): Promise<boolean[]> {
    const rows = await this.database.query<{ apart: boolean }[]>(
      `SELECT EXISTS (
         SELECT 1 FROM blocks
         WHERE (blocker_id = pair.one AND blocked_id = pair.other) OR (blocker_id = pair.other AND blocked_id = pair.one)
       ) AS apart
       FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS pair (one, other, place) ORDER BY pair.place`,
      [pairs.map(([one]) => one), pairs.map(([, other]) => other)],
    );
    return rows.map(({ apart }) => apart);
  }

  /** Whom these people blocked, of those who are in this chat. */
  blockedInChat(chatId: string, blockerIds: readonly string[]): Promise<{ blockerId: string; blockedId: string }[]> {
    return this.database.query(
      `SELECT b.blocker_id AS "blockerId", b.blocked_id AS "blockedId"
       FROM blocks b JOIN chat_members cm ON cm.chat_id = $1 AND cm.user_id = b.blocked_id AND cm.left_at IS NULL
       WHERE b.blocker_id = ANY($2::uuid[])`,
      [chatId, blockerIds],
    );
  }

  /** Whether the two are in a group together: there they know each other, whoever blocked whom. */
  async shareGroup(personId: string, otherId: string): Promise<boolean> {
    const rows = await this.database.query<unknown[]>(
      `SELECT 1 FROM chat_members own JOIN chats c ON c.id = own.chat_id AND c.type = 'group'
       JOIN chat_members other ON other.chat_id = own.chat_id AND other.user_id = $2 AND other.left_at IS NULL
       WHERE own.user_id = $1 AND own.left_at IS NULL LIMIT 1`,
      [personId, otherId],
    );
    return rows.length > 0;
  }
}
