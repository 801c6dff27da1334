import type { Account } from '../../users/index.js';
import type { UseUp } from '../factors/factors.js';

export const CHALLENGE_METHODS = ['totp', 'recovery', 'email', 'sms', 'passkey'] as const;
export type ChallengeMethodName = (typeof CHALLENGE_METHODS)[number];

/** Something that a person has set up and holds. */
export interface FactorMethod {
  readonly name: ChallengeMethodName;
  isAvailableTo(user: Account): Promise<boolean>;
  /** Compares what was given. Undefined when it is wrong; else what uses it up, so that it is good once. */
  check(user: Account, code: string): Promise<UseUp | undefined>;
}

/** A way on which a code of six digits reaches somebody. Making, counting and comparing it is `ChallengeCodes`' business. */
export interface SentMethod {
  readonly name: ChallengeMethodName;
  isAvailableTo(user: Account): Promise<boolean>;
  /** Takes it over and returns at once. */
  send(user: Account, code: string): void;
}
