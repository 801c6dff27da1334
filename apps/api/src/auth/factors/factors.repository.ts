import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { KEY_ID_BYTES } from './secret-box.js';

/** A set-up that was not confirmed for this long is void. */
const SETUP_SECONDS = 600;

/** A person's authenticator app. */
export interface TotpFactor {
  userId: string;
  /** Sealed (`SecretBox`). */
  secret: Buffer;
}

/** The rows of second factors. Times are the database's. */
@Injectable()
export class FactorsRepository {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /** Begins a set-up in place of an earlier one. Answers with false when there is a factor in use, which stays as it is. */
  async putPending({ userId, secret }: TotpFactor): Promise<boolean> {
    const rows = await this.database.query<unknown[]>(
      `INSERT INTO totp_factors AS f (user_id, secret, created_at) VALUES ($1, $2, now())
       ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, last_step = 0, created_at = excluded.created_at
       WHERE f.enabled_at IS NULL
       RETURNING f.user_id`,
      [userId, secret],
    );
    return rows.length === 1;
  }

  /** The set-up that waits for its first code. */
  async pending(userId: string): Promise<TotpFactor | undefined> {
    const rows = await this.database.query<TotpFactor[]>(
      `SELECT user_id AS "userId", secret FROM totp_factors
       WHERE user_id = $1 AND enabled_at IS NULL AND created_at > now() - make_interval(secs => $2)`,
      [userId, SETUP_SECONDS],
    );
    return rows[0];
  }

  async enabled(userId: string, manager: EntityManager = this.database.manager): Promise<TotpFactor | undefined> {
    const rows = await manager.query<TotpFactor[]>(
      `SELECT user_id AS "userId", secret FROM totp_factors WHERE user_id = $1 AND enabled_at IS NOT NULL`,
      [userId],
    );
    return rows[0];
  }

  /** Puts a set-up to use, if it is still the one that was confirmed. Its first code is used up with it. */
  async enable({ userId, secret }: TotpFactor, step: number, manager: EntityManager): Promise<boolean> {
    const [, count] = await manager.query<[unknown[], number]>(
      `UPDATE totp_factors SET enabled_at = now(), last_step = $3
       WHERE user_id = $1 AND secret = $2 AND enabled_at IS NULL`,
      [userId, secret, step],
    );
    return count === 1;
  }

  /** Uses up the code of a step, and those of all steps before. Answers with false when that has been done already. */
  async useStep(userId: string, step: number, manager: EntityManager): Promise<boolean> {
    const [, count] = await manager.query<[unknown[], number]>(
      `UPDATE totp_factors SET last_step = $2 WHERE user_id = $1 AND enabled_at IS NOT NULL AND last_step < $2`,
      [userId, step],
    );
    return count === 1;
  }

  /** Takes a person's app and recovery codes away. Answers with whether the app was in use. */
  async remove(userId: string, manager: EntityManager): Promise<boolean> {
    const [rows] = await manager.query<[{ enabled: boolean }[], number]>(
      `DELETE FROM totp_factors WHERE user_id = $1 RETURNING enabled_at IS NOT NULL AS enabled`,
      [userId],
    );
    await manager.query(`DELETE FROM recovery_codes WHERE user_id = $1`, [userId]);
    return rows[0]?.enabled === true;
  }

  async replaceRecoveryCodes(userId: string, hashes: readonly Buffer[], manager: EntityManager): Promise<void> {
    await manager.query(`DELETE FROM recovery_codes WHERE user_id = $1`, [userId]);
    await manager.query(
      `INSERT INTO recovery_codes (user_id, code_hash) SELECT $1, code_hash FROM unnest($2::bytea[]) AS code_hash`,
      [userId, hashes],
    );
  }

  /** Whether one of these is an unused recovery code of the person, without using it. */
  async hasRecoveryCode(userId: string, hashes: readonly Buffer[]): Promise<boolean> {
    const rows = await this.database.query<unknown[]>(
      `SELECT FROM recovery_codes WHERE user_id = $1 AND code_hash = ANY($2::bytea[]) AND used_at IS NULL`,
      [userId, hashes],
    );
    return rows.length > 0;
  }

  /** Uses a recovery code up. Answers with whether there was one to use. */
  async useRecoveryCode(userId: string, hashes: readonly Buffer[], manager: EntityManager): Promise<boolean> {
    const [, count] = await manager.query<[unknown[], number]>(
      `UPDATE recovery_codes SET used_at = now()
       WHERE user_id = $1 AND code_hash = ANY($2::bytea[]) AND used_at IS NULL`,
      [userId, hashes],
    );
    return count > 0;
  }

  /** How many recovery codes are left. */
  async recoveryCodesLeft(userId: string, manager: EntityManager = this.database.manager): Promise<number> {
    const [row] = await manager.query<{ left: number }[]>(
      `SELECT count(*)::integer AS left FROM recovery_codes WHERE user_id = $1 AND used_at IS NULL`,
      [userId],
    );
    return row?.left ?? 0;
  }

  /** Some of the secrets that were sealed with another key than this one. */
  sealedOtherwise(keyId: Buffer, limit: number): Promise<TotpFactor[]> {
    return this.database.query(
      `SELECT user_id AS "userId", secret FROM totp_factors WHERE substring(secret FROM 1 FOR $2) <> $1 LIMIT $3`,
      [keyId, KEY_ID_BYTES, limit],
    );
  }

  /** Puts a secret that was sealed anew in the place of the old one, unless that has changed. */
  async reseal({ userId, secret }: TotpFactor, resealed: Buffer): Promise<void> {
    await this.database.query(`UPDATE totp_factors SET secret = $3 WHERE user_id = $1 AND secret = $2`, [
      userId,
      secret,
      resealed,
    ]);
  }
}
