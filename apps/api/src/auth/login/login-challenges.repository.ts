import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { CODE_COOLDOWN_SECONDS, CODE_TRIES } from '../codes/codes.js';
import type { ChallengeMethodName } from './challenge-method.js';

/** For how long the second step may follow the first. */
const CHALLENGE_SECONDS = 600;
/** How many of one person wait at most; the oldest give way. */
const PER_PERSON = 10;

export interface NewChallenge {
  id: string;
  userId: string;
  /** What the password was compared with: the challenge ends with it. */
  passwordHash: string;
  methods: readonly ChallengeMethodName[];
}

export interface LoginChallenge {
  id: string;
  userId: string;
  methods: ChallengeMethodName[];
}

/** A guess that has been counted. */
export interface CountedGuess {
  /** Of the code that was sent, for a guess at one. */
  codeHash: Buffer | null;
  /** Whether it is the last one that counts. */
  last: boolean;
}

/** What `UPDATE` and `DELETE … RETURNING` give through TypeORM. */
type Changed<Row> = [Row[], number];

/** Whether challenge `c` of person `u` still stands: in time, and with password and standing as they were at its first step. */
const STANDS = `u.id = c.user_id AND c.expires_at > now()
  AND c.password_mark = sha256(convert_to(u.password_hash, 'UTF8'))
  AND u.suspended_at IS NULL AND u.deleted_at IS NULL`;

/** The rows of log-ins that wait for their second step. Times are the database's. */
@Injectable()
export class LoginChallengesRepository {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  async insert({ id, userId, passwordHash, methods }: NewChallenge): Promise<void> {
    await this.database.query(
      `INSERT INTO login_challenges (id, user_id, password_mark, methods, created_at, expires_at)
       VALUES ($1, $2, sha256(convert_to($3, 'UTF8')), $4, now(), now() + make_interval(secs => $5))`,
      [id, userId, passwordHash, methods, CHALLENGE_SECONDS],
    );
    await this.database.query(
      `DELETE FROM login_challenges WHERE expires_at < now()
         OR id IN (SELECT id FROM login_challenges WHERE user_id = $1 ORDER BY id DESC OFFSET $2)`,
      [userId, PER_PERSON],
    );
  }

  async standing(id: string): Promise<LoginChallenge | undefined> {
    const rows = await this.database.query<LoginChallenge[]>(
      `SELECT c.id, c.user_id AS "userId", c.methods FROM login_challenges c JOIN users u ON ${STANDS} WHERE c.id = $1`,
      [id],
    );
    return rows[0];
  }

  /** Counts a guess at what the person holds. The row's lock makes guesses queue: five are compared, however they come. */
  async takeFactorTry(id: string): Promise<CountedGuess | undefined> {
    const [rows] = await this.database.query<Changed<CountedGuess>>(
      `UPDATE login_challenges c SET factor_tries = factor_tries + 1 FROM users u
       WHERE c.id = $1 AND ${STANDS} AND c.factor_tries < $2
       RETURNING NULL::bytea AS "codeHash", c.factor_tries >= $2 AS last`,
      [id, CODE_TRIES],
    );
    return rows[0];
  }

  /** Counts a guess at the code that was sent on this way, and answers with what it may be compared with. */
  async takeCodeTry(id: string, method: ChallengeMethodName): Promise<CountedGuess | undefined> {
    const [rows] = await this.database.query<Changed<CountedGuess>>(
      `UPDATE login_challenges c SET code_tries = code_tries + 1 FROM users u
       WHERE c.id = $1 AND ${STANDS} AND c.code_method = $2 AND c.code_tries < $3
       RETURNING c.code_hash AS "codeHash", c.code_tries >= $3 AS last`,
      [id, method, CODE_TRIES],
    );
    return rows[0];
  }

  /** Puts a new code in the place of the old one, unless that was sent just now. Answers with whether it did. */
  async putCode(id: string, method: ChallengeMethodName, codeHash: Buffer): Promise<boolean> {
    const [, count] = await this.database.query<Changed<unknown>>(
      `UPDATE login_challenges SET code_method = $2, code_hash = $3, code_tries = 0, code_sent_at = now()
       WHERE id = $1 AND (code_sent_at IS NULL OR code_sent_at <= now() - make_interval(secs => $4))`,
      [id, method, codeHash, CODE_COOLDOWN_SECONDS],
    );
    return count === 1;
  }

  /** Uses a challenge up. Answers with false when it has been used, has expired, or holds no longer. */
  async use(id: string, manager: EntityManager): Promise<boolean> {
    const [, count] = await manager.query<Changed<unknown>>(
      `DELETE FROM login_challenges c USING users u WHERE c.id = $1 AND ${STANDS}`,
      [id],
    );
    return count === 1;
  }

  /** Lets the log-ins of somebody go on whose password is the same and has another hash now. */
  async carryOver(userId: string, fromHash: string, toHash: string, manager: EntityManager): Promise<void> {
    await manager.query(
      `WITH waiting AS (
         SELECT id FROM login_challenges WHERE user_id = $1 AND password_mark = sha256(convert_to($2, 'UTF8'))
         ORDER BY id FOR UPDATE
       )
       UPDATE login_challenges c SET password_mark = sha256(convert_to($3, 'UTF8')) FROM waiting WHERE c.id = waiting.id`,
      [userId, fromHash, toHash],
    );
  }

  async voidAll(userId: string, manager: EntityManager): Promise<void> {
    await manager.query(`DELETE FROM login_challenges WHERE user_id = $1`, [userId]);
  }
}
