import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { CODE_COOLDOWN_SECONDS, CODE_SECONDS, CODE_TRIES, type GuessedCode } from '../codes/codes.js';

/** The rows of password resets. Times are the database's. */
@Injectable()
export class PasswordResetsRepository {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /** Puts a new code in the place of the old one, unless that was sent just now. Answers with whether it did. */
  async putCode(userId: string, codeHash: Buffer): Promise<boolean> {
    const rows = await this.database.query<unknown[]>(
      `INSERT INTO password_resets AS r (user_id, code_hash, code_sent_at, code_expires_at)
       VALUES ($1, $2, now(), now() + make_interval(secs => $3))
       ON CONFLICT (user_id) DO UPDATE SET code_hash = excluded.code_hash, code_tries = 0,
         code_sent_at = excluded.code_sent_at, code_expires_at = excluded.code_expires_at
       WHERE r.code_sent_at <= now() - make_interval(secs => $4)
       RETURNING r.user_id`,
      [userId, codeHash, CODE_SECONDS, CODE_COOLDOWN_SECONDS],
    );
    return rows.length === 1;
  }

  /** Counts a guess and answers with the code it may be compared with: guesses queue for the row, and five get to see it. */
  async takeTry(email: string): Promise<GuessedCode | undefined> {
    const [rows] = await this.database.query<[GuessedCode[], number]>(
      `UPDATE password_resets r SET code_tries = code_tries + 1
       FROM users u
       WHERE u.id = r.user_id AND u.email = $1 AND u.deleted_at IS NULL AND r.code_expires_at > now() AND r.code_tries < $2
       RETURNING r.user_id AS id, r.code_hash AS "codeHash"`,
      [email, CODE_TRIES],
    );
    return rows[0];
  }

  /** Takes the code away that waits for an account. */
  async forget(userId: string, manager: EntityManager): Promise<void> {
    await manager.query(`DELETE FROM password_resets WHERE user_id = $1`, [userId]);
  }

  /** Uses a code up, if it is still the one that was compared. Answers with whether it was. */
  async use({ id, codeHash }: GuessedCode, manager: EntityManager): Promise<boolean> {
    const [, count] = await manager.query<[unknown[], number]>(
      `DELETE FROM password_resets WHERE user_id = $1 AND code_hash = $2`,
      [id, codeHash],
    );
    return count === 1;
  }
}
