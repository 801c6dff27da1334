import type { LIMITS } from '@chatr/contracts';
import type { Estimate } from './password-estimate';
import { PASSWORD_MIN_LENGTH, passwordProblem } from './rules';

/** What scores less is refused. */
const PASSWORD_SCORE: (typeof LIMITS)['passwordScore'] = 2;

export interface Strength {
  /** How many of four bars are lit. */
  level: 0 | 1 | 2 | 3 | 4;
  advice: string;
}

/** @param estimate undefined while the estimator is not here: then only its length is judged */
export function passwordStrength(password: string, estimate: Estimate | undefined): Strength {
  const problem = passwordProblem(password);
  // In other words than the form's: both may be read one below the other.
  if (password.length < PASSWORD_MIN_LENGTH) return { level: 0, advice: `At least ${PASSWORD_MIN_LENGTH} characters.` };
  if (problem !== undefined) return { level: 0, advice: problem };
  if (estimate === undefined) return { level: 0, advice: '' };
  const { score, advice } = estimate;
  if (score < PASSWORD_SCORE) return { level: 1, advice: `Too easy to guess. ${advice}`.trim() };
  if (score === 2) return { level: 2, advice: `Could be stronger. ${advice}`.trim() };
  return score === 3 ? { level: 3, advice: 'Good.' } : { level: 4, advice: 'Strong.' };
}
