import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { PasskeyEntity } from './passkey.entity.js';

const PER_ACCOUNT = 20;

export type NewPasskey = Omit<PasskeyEntity, 'counter' | 'createdAt' | 'lastUsedAt'> & { counter: number };

/** The rows of passkeys. Times are the database's. */
@Injectable()
export class PasskeysRepository {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  transaction<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.database.transaction(work);
  }

  /** Somebody's passkeys, oldest first. */
  ofUser(userId: string): Promise<PasskeyEntity[]> {
    return this.database.manager.find(PasskeyEntity, { where: { userId }, order: { id: 'ASC' } });
  }

  /** Whether somebody has one. */
  hasAny(userId: string, manager: EntityManager): Promise<boolean> {
    return manager.existsBy(PasskeyEntity, { userId });
  }

  byCredentialId(credentialId: string): Promise<PasskeyEntity | null> {
    return this.database.manager.findOneBy(PasskeyEntity, { credentialId });
  }

  byId(id: string, manager: EntityManager): Promise<PasskeyEntity | null> {
    return manager.findOneBy(PasskeyEntity, { id });
  }

  /**
   * Adds a passkey. The account's row makes additions queue, so that two at the same moment cannot pass the limit together.
   * Answers with nothing when the account has as many as it may have.
   */
  async insert(passkey: NewPasskey, manager: EntityManager): Promise<PasskeyEntity | null> {
    await manager.query(`SELECT FROM users WHERE id = $1 FOR UPDATE`, [passkey.userId]);
    const rows = await manager.query<unknown[]>(
      `INSERT INTO passkeys (id, user_id, credential_id, public_key, counter, synced, transports, name)
       SELECT $1, $2, $3, $4, $5, $6, $7, $8 WHERE (SELECT count(*) FROM passkeys WHERE user_id = $2) < $9
       RETURNING id`,
      [
        passkey.id,
        passkey.userId,
        passkey.credentialId,
        passkey.publicKey,
        passkey.counter,
        passkey.synced,
        passkey.transports,
        passkey.name,
        PER_ACCOUNT,
      ],
    );
    return rows.length === 0 ? null : this.byId(passkey.id, manager);
  }

  countOf(userId: string, manager: EntityManager): Promise<number> {
    return manager.countBy(PasskeyEntity, { userId });
  }

  async rename(userId: string, id: string, name: string, manager: EntityManager): Promise<PasskeyEntity | null> {
    const { affected } = await manager.update(PasskeyEntity, { id, userId }, { name });
    return affected === 1 ? this.byId(id, manager) : null;
  }

  /** Answers with the name of what was removed. */
  async remove(userId: string, id: string, manager: EntityManager): Promise<string | undefined> {
    const [rows] = await manager.query<[{ name: string }[], number]>(
      `DELETE FROM passkeys WHERE id = $1 AND user_id = $2 RETURNING name`,
      [id, userId],
    );
    return rows[0]?.name;
  }

  /** Removes whatever there is of a person: passkeys, and challenges that nobody has signed yet. */
  async removeAll(userId: string, manager: EntityManager): Promise<void> {
    await manager.query(`DELETE FROM passkey_challenges WHERE user_id = $1`, [userId]);
    await manager.query(`DELETE FROM passkeys WHERE user_id = $1`, [userId]);
  }

  /**
   * Notes a use, unless the passkey is gone or, being bound to one device, counts backwards. Its row stays locked until the
   * transaction ends: a removal comes before the log-in or after it. Answers with whether it was noted.
   */
  async use(id: string, counter: number, manager: EntityManager): Promise<boolean> {
    const [, count] = await manager.query<[unknown[], number]>(
      `UPDATE passkeys SET counter = greatest(counter, $2::bigint), last_used_at = now()
       WHERE id = $1 AND (synced OR $2::bigint > counter OR (counter = 0 AND $2::bigint = 0))`,
      [id, counter],
    );
    return count === 1;
  }
}
