import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { CODE_COOLDOWN_SECONDS, CODE_SECONDS, CODE_TRIES } from '../codes/codes.js';

/** A change of number that waits for its code. An account has one at most. */
export interface PhoneChange {
  /** What the code was made for. */
  id: string;
  phone: string;
  /** Null where the number is another account's already: the change is there only so that nobody can tell. */
  codeHash: Buffer | null;
}

/** The rows of changes of number. Times are the database's. */
@Injectable()
export class PhoneChangesRepository {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /** Puts a change in the place of the one before, unless that one's code was sent just now. Answers with whether it did. */
  async put(userId: string, { id, phone, codeHash }: PhoneChange, manager: EntityManager): Promise<boolean> {
    const rows = await manager.query<unknown[]>(
      `INSERT INTO phone_changes AS c (user_id, id, phone, code_hash, code_sent_at, code_expires_at)
       VALUES ($1, $2, $3, $4, now(), now() + make_interval(secs => $5))
       ON CONFLICT (user_id) DO UPDATE SET id = excluded.id, phone = excluded.phone, code_hash = excluded.code_hash,
         code_tries = 0, code_sent_at = excluded.code_sent_at, code_expires_at = excluded.code_expires_at
       WHERE c.code_sent_at <= now() - make_interval(secs => $6)
       RETURNING c.id`,
      [userId, id, phone, codeHash, CODE_SECONDS, CODE_COOLDOWN_SECONDS],
    );
    return rows.length === 1;
  }

  /** Counts a guess and answers with the code it may be compared with: guesses queue for the row, and five get to see it. */
  async takeTry(userId: string): Promise<PhoneChange | undefined> {
    const [rows] = await this.database.query<[PhoneChange[], number]>(
      `UPDATE phone_changes SET code_tries = code_tries + 1
       WHERE user_id = $1 AND code_expires_at > now() AND code_tries < $2
       RETURNING id, phone, code_hash AS "codeHash"`,
      [userId, CODE_TRIES],
    );
    return rows[0];
  }

  /** Uses a change up, if it is still there. Answers with whether it was. */
  async use(id: string, manager: EntityManager): Promise<boolean> {
    const [, count] = await manager.query<[unknown[], number]>(`DELETE FROM phone_changes WHERE id = $1`, [id]);
    return count === 1;
  }

  /** Gives up whatever waits. */
  async forget(userId: string, manager: EntityManager): Promise<void> {
    await manager.query(`DELETE FROM phone_changes WHERE user_id = $1`, [userId]);
  }
}
