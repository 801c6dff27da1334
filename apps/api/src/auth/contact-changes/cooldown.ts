import { ProblemError } from '../../platform/index.js';
import { CODE_COOLDOWN_SECONDS } from '../codes/codes.js';

/** What somebody reads who asks for another code too soon. */
export function tooSoon(): ProblemError {
  const detail = `A code was sent just now. Wait ${CODE_COOLDOWN_SECONDS} seconds before you ask for another one.`;
  return new ProblemError('rate_limited', detail, { retryAfter: CODE_COOLDOWN_SECONDS });
}
