import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import { ProblemError } from '../../platform/index.js';

const RETRY_AFTER_SECONDS = 10;
/** What the provider says when it cannot, rather than will not. */
const OUTAGES: ReadonlySet<string> = new Set(['server_error', 'temporarily_unavailable']);

/** The provider did not answer: nothing was decided, and it may answer soon. */
export function providerUnavailable(name: string, cause: unknown): ProblemError {
  return new ProblemError('unavailable', `${name} does not answer. Try again in a moment.`, {
    retryAfter: RETRY_AFTER_SECONDS,
    cause,
  });
}

/** What went wrong between us and the provider, as the person may hear it. */
export function toSsoProblem(error: unknown, name: string): ProblemError {
  if (error instanceof ProblemError) return error;
  if (isOutage(error)) return providerUnavailable(name, error);
  if (error instanceof AuthorizationResponseError && error.error === 'access_denied')
    return new ProblemError('sso_denied', undefined, { cause: error });
  if (error instanceof AuthorizationResponseError && OUTAGES.has(error.error)) return providerUnavailable(name, error);
  return new ProblemError('sso_failed', undefined, { cause: error });
}

/** What an operator needs to find out why, without anything of the person's: no claims, no code, no token. */
export function describeForLog(error: unknown): Record<string, string | undefined> {
  if (!(error instanceof Error)) return { reason: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const answer = 'error' in error && typeof error.error === 'string' ? error.error : undefined;
  const { cause } = error;
  return { reason: error.message, code, answer, cause: cause instanceof Error ? cause.message : undefined };
}

function isOutage(error: unknown): boolean {
  if (error instanceof ResponseBodyError || error instanceof WWWAuthenticateChallengeError) return error.status >= 500;
  // What fetch throws when there is nobody, or the connection breaks; its other errors carry a code and are faults of ours.
  if (error instanceof TypeError) return !('code' in error);
  if (!(error instanceof ClientError)) return false;
  const { code, cause } = error;
  return code === 'OAUTH_TIMEOUT' || code === 'OAUTH_ABORT' || (cause instanceof Response && cause.status >= 500);
}
