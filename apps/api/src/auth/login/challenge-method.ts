import type { Client } from '../../platform/index.js';
import type { Account } from '../../users/index.js';
import type { UseUp } from '../factors/factors.js';
import type { CeremonyDto, KnownCredentialDto } from '../passkeys/passkey.dto.js';

export const CHALLENGE_METHODS = ['totp', 'recovery', 'email', 'sms', 'passkey'] as const;
export type ChallengeMethodName = (typeof CHALLENGE_METHODS)[number];

/** What somebody answers with: a code, or what a passkey signed. */
export interface Proof {
  code?: string;
  response?: KnownCredentialDto;
}

/** Something that a person has set up and holds. */
export interface FactorMethod {
  readonly name: ChallengeMethodName;
  /** What a wrong proof is told. */
  readonly refusal: 'code_invalid' | 'passkey_invalid';
  isAvailableTo(user: Account): Promise<boolean>;
  /** What the person's device needs before it can answer. Only of methods that begin with the server. */
  options?(user: Account): Promise<CeremonyDto>;
  /** Compares what was given. Undefined when it is wrong; else what uses it up, so that it is good once. */
  check(user: Account, proof: Proof, client: Client): Promise<UseUp | undefined>;
}

/** A way on which a code of six digits reaches somebody. Making, counting and comparing it is `ChallengeCodes`' business. */
export interface SentMethod {
  readonly name: ChallengeMethodName;
  isAvailableTo(user: Account): Promise<boolean>;
  /** Takes it over and returns at once. */
  send(user: Account, code: string): void;
}
