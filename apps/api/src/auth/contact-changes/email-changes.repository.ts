import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { CODE_COOLDOWN_SECONDS, CODE_SECONDS, CODE_TRIES } from '../codes/codes.js';

/** A change of address that waits for two codes. An account has one at most. */
export interface EmailChange {
  /** What the codes were made for: those of an earlier change are good for nothing. */
  id: string;
  email: string;
  /** Of the code that went to the address the account has. */
  presentCodeHash: Buffer;
  /** Null where the wanted address has an account already: the change is there only so that nobody can tell. */
  newCodeHash: Buffer | null;
}

/** The rows of changes of address. Times are the database's. */
@Injectable()
export class EmailChangesRepository {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /** Puts a change in the place of the one before, unless that one's codes were sent just now. Answers with whether it did. */
  async put(userId: string, change: EmailChange, manager: EntityManager): Promise<boolean> {
    const rows = await manager.query<unknown[]>(
      `INSERT INTO email_changes AS c (user_id, id, email, present_code_hash, new_code_hash, code_sent_at, code_expires_at)
       VALUES ($1, $2, $3, $4, $5, now(), now() + make_interval(secs => $6))
       ON CONFLICT (user_id) DO UPDATE SET id = excluded.id, email = excluded.email,
         present_code_hash = excluded.present_code_hash, new_code_hash = excluded.new_code_hash, code_tries = 0,
         code_sent_at = excluded.code_sent_at, code_expires_at = excluded.code_expires_at
       WHERE c.code_sent_at <= now() - make_interval(secs => $7)
       RETURNING c.id`,
      [
        userId,
        change.id,
        change.email,
        change.presentCodeHash,
        change.newCodeHash,
        CODE_SECONDS,
        CODE_COOLDOWN_SECONDS,
      ],
    );
    return rows.length === 1;
  }

  /** Counts a guess at both codes and answers with what it may be compared with: guesses queue for the row, and five get to see it. */
  async takeTry(userId: string): Promise<EmailChange | undefined> {
    const [rows] = await this.database.query<[EmailChange[], number]>(
      `UPDATE email_changes SET code_tries = code_tries + 1
       WHERE user_id = $1 AND code_expires_at > now() AND code_tries < $2
       RETURNING id, email, present_code_hash AS "presentCodeHash", new_code_hash AS "newCodeHash"`,
      [userId, CODE_TRIES],
    );
    return rows[0];
  }

  /** Uses a change up, if it is still there. Answers with whether it was. */
  async use(id: string, manager: EntityManager): Promise<boolean> {
    const [, count] = await manager.query<[unknown[], number]>(`DELETE FROM email_changes WHERE id = $1`, [id]);
    return count === 1;
  }
}
