import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import * as common from '@zxcvbn-ts/language-common';
import * as english from '@zxcvbn-ts/language-en';
import type { LIMITS } from '@chatr/contracts';

const PASSWORD_BYTES: (typeof LIMITS)['passwordBytes'] = 72;
const WORD_LENGTH = 3;

/** What zxcvbn says of a password. */
export interface Estimate {
  score: 0 | 1 | 2 | 3 | 4;
  /** What makes it weak, and what would make it better; empty where there is nothing to say. */
  advice: string;
}

/** The server's own estimator, set up as it is there. With its dictionaries this is large: import it when somebody chooses a password. */
const estimator = new ZxcvbnFactory({
  dictionary: { ...common.dictionary, ...english.dictionary },
  graphs: common.adjacencyGraphs,
  translations: {
    ...english.translations,
    warnings: { ...english.translations.warnings, userInputs: 'Leave names and addresses out of it.' },
  },
  maxLength: PASSWORD_BYTES,
  l33tMaxSubstitutions: 20,
});

/** @param about what a guesser would try first: names and addresses */
export function estimate(password: string, about: readonly string[]): Estimate {
  const parts = about.flatMap((name) => [name, ...name.split(/[^\p{L}\p{N}]+/u)]).map((part) => part.toLowerCase());
  const words = new Set(parts.filter((part) => part.length >= WORD_LENGTH));
  const { score, feedback } = estimator.check(password, ['chatr', ...words]);
  const sentences = [feedback.warning, ...feedback.suggestions].filter((sentence) => sentence);
  return { score, advice: sentences.join(' ') };
}
