import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { inPages, OwnDataParts } from '../platform/index.js';
import { toMe } from './user-view.js';
import { UsersRepository } from './users.repository.js';

const PAGE = 500;

/** Every column that names a person in a table of this module; what is in the row goes with them, whichever side they are. */
const PERSONAL_COLUMNS = [
  ['privacy_settings', 'user_id'],
  ['contacts', 'user_id'],
  ['contacts', 'contact_id'],
  ['blocks', 'blocker_id'],
  ['blocks', 'blocked_id'],
  ['username_reservations', 'user_id'],
] as const;

interface Relation {
  user_id: string;
  created_at: Date;
}

/** What this module keeps about a person. Their row is made anonymous by whoever deletes the account. */
@Injectable()
export class UsersOwnData {
  constructor(
    parts: OwnDataParts,
    @InjectDataSource() private readonly database: DataSource,
    private readonly users: UsersRepository,
  ) {
    parts.exported({
      file: 'profile.json',
      describes: 'Your account and your profile.',
      entries: (userId) => this.profile(userId),
    });
    parts.exported({
      file: 'privacy.json',
      describes: 'What you let others see, if you have ever changed it.',
      entries: (userId) => this.privacy(userId),
    });
    parts.exported({
      file: 'contacts.json',
      describes: 'Whom you have added to your contacts, and when.',
      entries: (userId) => this.related(userId, 'contacts', 'user_id', 'contact_id'),
    });
    parts.exported({
      file: 'blocks.json',
      describes: 'Whom you have blocked, and when.',
      entries: (userId) => this.related(userId, 'blocks', 'blocker_id', 'blocked_id'),
    });
    parts.exported({
      file: 'former-usernames.json',
      describes: 'Usernames that you gave up, and until when they are kept for you.',
      entries: (userId) => this.reserved(userId),
    });
    parts.deleted({ erase: (userId, manager) => this.erase(userId, manager) });
  }

  private async *profile(userId: string): AsyncGenerator<object> {
    const user = await this.users.byId(userId);
    if (user !== null) yield { ...toMe(user), emailVerifiedAt: user.emailVerifiedAt.toISOString() };
  }

  private async *privacy(userId: string): AsyncGenerator<object> {
    yield* await this.database.query<object[]>(
      `SELECT presence, last_seen AS "lastSeen", email, phone, messages_from AS "messagesFrom"
       FROM privacy_settings WHERE user_id = $1`,
      [userId],
    );
  }

  private async *reserved(userId: string): AsyncGenerator<object> {
    yield* await this.database.query<object[]>(
      `SELECT username, reserved_until AS "reservedUntil" FROM username_reservations
       WHERE user_id = $1 AND reserved_until > now() ORDER BY username`,
      [userId],
    );
  }

  private async *related(userId: string, table: string, own: string, other: string): AsyncGenerator<object> {
    const page = (after?: string): Promise<Relation[]> =>
      this.database.query(
        `SELECT ${other} AS user_id, created_at FROM ${table}
         WHERE ${own} = $1 AND ($2::uuid IS NULL OR ${other} > $2) ORDER BY ${other} LIMIT $3`,
        [userId, after ?? null, PAGE],
      );
    for await (const row of inPages(page, (last) => last.user_id)) {
      yield { userId: row.user_id, since: row.created_at.toISOString() };
    }
  }

  private async erase(userId: string, manager: EntityManager): Promise<void> {
    for (const [table, column] of PERSONAL_COLUMNS) {
      await manager.query(`DELETE FROM ${table} WHERE ${column} = $1`, [userId]);
    }
  }
}
