import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';

const CHALLENGE_SECONDS = 300;

/** What a challenge is for. It is good for nothing else. */
export type ChallengeUse =
  | { kind: 'register'; userId: string; sessionId: string }
  /** Of somebody who has not said who they are. */
  | { kind: 'login' }
  | { kind: 'second-factor'; userId: string };

/** Challenges that authenticators sign: each is good once, for five minutes. */
@Injectable()
export class PasskeyChallenges {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /** A new challenge, base64url. Sweeps those that expired. */
  async issue(use: ChallengeUse): Promise<string> {
    const challenge = randomBytes(32);
    await this.database.query(`DELETE FROM passkey_challenges WHERE expires_at <= now()`);
    await this.database.query(
      `INSERT INTO passkey_challenges (challenge, kind, user_id, session_id, expires_at)
       VALUES ($1, $2, $3, $4, now() + make_interval(secs => $5))`,
      [challenge, ...columnsOf(use), CHALLENGE_SECONDS],
    );
    return challenge.toString('base64url');
  }

  /** Uses a challenge up. Answers with whether it was good for this. */
  async take(challenge: string, use: ChallengeUse): Promise<boolean> {
    const [, count] = await this.database.query<[unknown[], number]>(
      `DELETE FROM passkey_challenges
       WHERE challenge = $1 AND kind = $2 AND user_id IS NOT DISTINCT FROM $3::uuid
         AND session_id IS NOT DISTINCT FROM $4::uuid AND expires_at > now()
       RETURNING challenge`,
      [Buffer.from(challenge, 'base64url'), ...columnsOf(use)],
    );
    return count === 1;
  }
}

function columnsOf(use: ChallengeUse): [kind: string, userId: string | null, sessionId: string | null] {
  return [use.kind, 'userId' in use ? use.userId : null, 'sessionId' in use ? use.sessionId : null];
}
