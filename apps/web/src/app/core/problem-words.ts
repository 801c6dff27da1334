import { ChatrError, type LocalProblemCode } from '@chatr/client';
import type { ProblemCode } from '@chatr/contracts';

/** What each failure means to the person in front of the screen, and what they can do about it. */
const WORDS: Record<ProblemCode | LocalProblemCode, string> = {
  validation_failed: 'Something in here needs another look.',
  malformed_json: 'Chatr sent something the server could not read. Reload the page and try again.',
  code_invalid: 'That code is wrong or has expired. Check the newest mail, or ask for a new code.',
  passkey_invalid: 'This passkey was not accepted. Try again, or sign in another way.',
  unauthenticated: 'Sign in to go on.',
  token_expired: 'Your session has expired. Sign in again.',
  credentials_invalid: 'That name and password do not belong together.',
  challenge_ended: 'Signing in took too long or too many tries. Begin again with your password.',
  session_ended: 'Your session has ended. Sign in again.',
  forbidden: 'You may not do this. An administrator can.',
  chat_closed: 'This person has deleted their account.',
  not_a_member: 'You are no longer in this chat.',
  blocked: 'You can’t write to this person.',
  awaiting_acceptance: 'They have yet to accept your messages. You can write more once they do.',
  email_unverified: 'Confirm your e-mail address first.',
  account_suspended: 'This account is suspended. Ask your administrator.',
  sso_expired: 'This sign-in took too long, or was begun in another browser. Try again.',
  sso_denied: 'The sign-in was cancelled. Try again whenever you like.',
  sso_failed:
    'Chatr could not accept what your sign-in provider answered. Try again, and tell your administrator if it stays so.',
  sso_required: 'Passwords are not used here. Use single sign-on.',
  sso_unverified:
    'Your sign-in provider has not confirmed your e-mail address, so Chatr cannot tell whose account this is.',
  sso_conflict: 'This sign-in or this address already belongs to another account. Ask your administrator.',
  registration_closed: 'New accounts need an invitation here. Ask your administrator for one.',
  not_found: 'This is not here any more.',
  method_not_allowed: 'The server does not know how to do this. Reload the page and try again.',
  username_taken: 'Somebody has this username already.',
  conflict: 'Things changed in the meantime. Look again and retry.',
  password_unset: 'Your account has no password yet. Sign out and choose one with “Forgot your password?”.',
  sms_unavailable: 'This server sends no text messages, so it cannot confirm a phone number.',
  payload_too_large: 'This is too large to send.',
  unsupported_media_type: 'The server does not accept this kind of content.',
  rate_limited: 'That was a lot at once. Wait a moment and try again.',
  internal_error: 'Something went wrong on the server. Try again in a moment.',
  overloaded: 'The server is busy. Try again in a moment.',
  unavailable: 'The server cannot do this right now. Try again in a moment.',
  send_again: 'An earlier message has to be sent first.',
  network_error: 'The server cannot be reached. Check your connection and try again.',
  timeout: 'The server did not answer in time. Try again.',
};

function isKnown(code: string): code is keyof typeof WORDS {
  return Object.hasOwn(WORDS, code);
}

/** The failure in words a person can act on. */
export function problemWords(problem: { code: string; title?: string; retryAfter?: number }): string {
  if (problem.code === 'rate_limited' && problem.retryAfter !== undefined) {
    return `That was a lot at once. Try again in ${waitWords(problem.retryAfter)}.`;
  }
  return isKnown(problem.code) ? WORDS[problem.code] : (problem.title ?? WORDS.internal_error);
}

/** The same for whatever was thrown; what is not a refusal of the server is a fault of ours and goes on to the error handler. */
export function errorWords(error: unknown): string {
  if (!(error instanceof ChatrError)) throw error;
  return problemWords({
    code: error.code,
    title: error.problem.title,
    ...(error.retryAfter === undefined ? {} : { retryAfter: error.retryAfter }),
  });
}

function waitWords(seconds: number): string {
  if (seconds < 90) return seconds <= 1 ? 'a second' : `${Math.ceil(seconds)} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}
