import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { LIMITS } from '@chatr/contracts';
import { blockersOf } from '../blocks.repository.js';
import { PUBLIC_USER_COLUMNS, type PublicUserRow } from '../user-view.js';
import { ContactEntity } from './contact.entity.js';

export interface ContactRow extends PublicUserRow {
  id: string;
  created_at: Date;
}

/** Who has added whom. */
@Injectable()
export class ContactsRepository {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /** Active people whom somebody has added, without those who blocked them, by username, after that of the page before. */
  page(userId: string, limit: number, after = ''): Promise<ContactRow[]> {
    return this.database.query(
      `SELECT u.id, c.created_at, ${PUBLIC_USER_COLUMNS} FROM contacts c JOIN users u ON u.id = c.contact_id
       WHERE c.user_id = $1 AND u.username > $2 AND u.deleted_at IS NULL AND u.suspended_at IS NULL
         AND u.id <> ALL(${blockersOf('$1')})
       ORDER BY u.username LIMIT $3`,
      [userId, after, limit],
    );
  }

  has(userId: string, contactId: string): Promise<boolean> {
    return this.database.manager.existsBy(ContactEntity, { userId, contactId });
  }

  /** Whether they were not there before. */
  async add(userId: string, contactId: string): Promise<boolean> {
    const added = await this.database.query<unknown[]>(
      `INSERT INTO contacts (user_id, contact_id)
       SELECT $1, $2 WHERE (SELECT count(*) FROM contacts WHERE user_id = $1) < $3
       ON CONFLICT DO NOTHING RETURNING contact_id`,
      [userId, contactId, LIMITS.contacts],
    );
    return added.length > 0;
  }

  /** Whether they were there. */
  async remove(userId: string, contactId: string): Promise<boolean> {
    const { affected } = await this.database.manager.delete(ContactEntity, { userId, contactId });
    return affected === 1;
  }
}
