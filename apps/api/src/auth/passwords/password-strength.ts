import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import * as common from '@zxcvbn-ts/language-common';
import * as english from '@zxcvbn-ts/language-en';
import { LIMITS } from '@chatr/contracts';
import { ProblemError } from '../../platform/index.js';

/** Whom a password is for: what they are called is what a guesser tries first. */
export interface PasswordOwner {
  email: string;
  username: string;
  displayName: string;
}

/** What a guesser tries here for everybody. */
const SERVER_WORDS = ['chatr'];
/** Shorter pieces of a name are in every other text. */
const WORD_LENGTH = 3;

/**
 * Made as the server starts: it ranks some 240,000 words, which takes a third of a second and would hold up everybody later.
 * No more is looked at than is hashed, and few spellings with digits for letters are tried, so that the worst text takes some
 * tens of milliseconds rather than most of a second. The app's strength meter is set up the same way.
 */
const estimator = new ZxcvbnFactory({
  dictionary: { ...common.dictionary, ...english.dictionary },
  graphs: common.adjacencyGraphs,
  translations: {
    ...english.translations,
    warnings: { ...english.translations.warnings, userInputs: 'Leave names and addresses out of it.' },
  },
  maxLength: LIMITS.passwordBytes,
  l33tMaxSubstitutions: 20,
});

/** Why a password of the right form is too weak, and what would be better, in words for a person; undefined when it is not. */
export function weakness(password: string, owner?: Partial<PasswordOwner>): string | undefined {
  const { score, feedback } = estimator.check(password, [...SERVER_WORDS, ...wordsOf(owner ?? {})]);
  if (score >= LIMITS.passwordScore) return undefined;
  const advice = [feedback.warning, ...feedback.suggestions].filter((sentence) => sentence);
  return ['password is too easy to guess.', ...advice].join(' ');
}

/**
 * For after the throttle and before the hash.
 * @throws ProblemError validation_failed with advice for a password that is too easy to guess
 */
export function requireStrength(password: string, owner: Partial<PasswordOwner>): void {
  const message = weakness(password, owner);
  if (message !== undefined)
    throw new ProblemError('validation_failed', undefined, { errors: [{ path: 'password', message }] });
}

function wordsOf({ email = '', username = '', displayName = '' }: Partial<PasswordOwner>): string[] {
  const parts = [email, username, displayName].flatMap((name) => [name, ...name.split(/[^\p{L}\p{N}]+/u)]);
  return [...new Set(parts.map((part) => part.toLowerCase()))].filter((part) => part.length >= WORD_LENGTH);
}
