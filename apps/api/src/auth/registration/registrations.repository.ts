import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { CODE_COOLDOWN_SECONDS, CODE_SECONDS, CODE_TRIES, type GuessedCode } from '../codes/codes.js';
import { RegistrationEntity } from './registration.entity.js';

/** A registration that was not completed for this long is forgotten. */
const RETENTION_SECONDS = 7 * 24 * 3600;
/** How many registrations of one address wait at most; the oldest give way. */
const PER_ADDRESS = 10;

export type NewRegistration = Pick<
  RegistrationEntity,
  'id' | 'email' | 'username' | 'displayName' | 'passwordHash' | 'phone' | 'language' | 'inviteId' | 'codeHash'
>;

/** The rows of registrations. Times are the database's. */
@Injectable()
export class RegistrationsRepository {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  async insert(registration: NewRegistration): Promise<void> {
    const { id, email, username, displayName, passwordHash, phone, language, inviteId, codeHash } = registration;
    await this.database.query(
      `INSERT INTO registrations (id, email, username, display_name, password_hash, phone, language, invite_id,
         code_hash, code_sent_at, code_expires_at, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, now(), now() + make_interval(secs => $10), now())`,
      [id, email, username, displayName, passwordHash, phone, language, inviteId, codeHash, CODE_SECONDS],
    );
    await this.database.query(
      `DELETE FROM registrations WHERE created_at < now() - make_interval(secs => $1)
         OR id IN (SELECT id FROM registrations WHERE email = $2 ORDER BY id DESC OFFSET $3)`,
      [RETENTION_SECONDS, email, PER_ADDRESS],
    );
  }

  /** The newest registration with this normalised e-mail address or username. */
  newest(by: { email: string } | { username: string }): Promise<RegistrationEntity | null> {
    return this.database.manager.findOne(RegistrationEntity, { where: by, order: { id: 'DESC' } });
  }

  /** One registration, if it is of this address. */
  byId(id: string, email: string): Promise<RegistrationEntity | null> {
    return this.database.manager.findOneBy(RegistrationEntity, { id, email });
  }

  /** Locks a registration until the transaction ends. */
  lock(id: string, manager: EntityManager): Promise<RegistrationEntity | null> {
    return manager.findOne(RegistrationEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /**
   * Counts a guess at the codes of an address, or of one registration, and answers with those that may still be compared with it.
   * The row's lock makes guesses queue, so that no more than five ever see a code's hash.
   */
  async takeTry(email: string, id?: string): Promise<GuessedCode[]> {
    const [rows] = await this.database.query<[GuessedCode[], number]>(
      `UPDATE registrations SET code_tries = code_tries + 1
       WHERE email = $1 AND ($2::uuid IS NULL OR id = $2) AND code_expires_at > now() AND code_tries < $3
       RETURNING id, code_hash AS "codeHash"`,
      [email, id ?? null, CODE_TRIES],
    );
    return rows;
  }

  /** Puts a new code in the place of the old one, unless that was sent just now. Answers with whether it did. */
  async renewCode(id: string, codeHash: Buffer): Promise<boolean> {
    const [, count] = await this.database.query<[unknown[], number]>(
      `UPDATE registrations SET code_hash = $2, code_tries = 0, code_sent_at = now(),
         code_expires_at = now() + make_interval(secs => $3)
       WHERE id = $1 AND code_hash IS NOT NULL AND code_sent_at <= now() - make_interval(secs => $4)`,
      [id, codeHash, CODE_SECONDS, CODE_COOLDOWN_SECONDS],
    );
    return count === 1;
  }

  async deleteByEmail(email: string, manager: EntityManager): Promise<void> {
    await manager.delete(RegistrationEntity, { email });
  }
}
