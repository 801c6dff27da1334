/** Every error code that the server answers with, its HTTP status and its title. Codes are stable: clients branch on them. */
export const PROBLEMS = {
  validation_failed: { status: 400, title: 'The request is not valid' },
  malformed_json: { status: 400, title: 'The body is not valid JSON' },
  sso_expired: { status: 400, title: 'This sign-in has expired, or was begun in another browser' },
  code_invalid: { status: 400, title: 'The code is wrong or has expired' },
  passkey_invalid: { status: 400, title: 'This passkey was not accepted' },
  unauthenticated: { status: 401, title: 'Sign in first' },
  token_expired: { status: 401, title: 'The access token has expired' },
  credentials_invalid: { status: 401, title: 'The name or the password is wrong' },
  challenge_ended: { status: 401, title: 'Log in again: this log-in took too long or has ended' },
  session_ended: { status: 401, title: 'The session has ended' },
  forbidden: { status: 403, title: 'You may not do this' },
  chat_closed: { status: 403, title: 'Nobody can write in this chat any more' },
  not_a_member: { status: 403, title: 'You are not a member of this chat' },
  blocked: { status: 403, title: 'You cannot write to this person' },
  awaiting_acceptance: { status: 403, title: 'They have yet to accept your messages' },
  email_unverified: { status: 403, title: 'Confirm your e-mail address first' },
  account_suspended: { status: 403, title: 'This account is suspended' },
  sso_denied: { status: 403, title: 'The sign-in was refused at the provider' },
  sso_failed: { status: 403, title: 'The answer of the provider could not be accepted' },
  sso_required: { status: 403, title: 'Single sign-on is the only way in here' },
  sso_unverified: { status: 403, title: 'The provider has not confirmed an e-mail address' },
  registration_closed: { status: 403, title: 'Registration is not open to you' },
  not_found: { status: 404, title: 'There is no such thing' },
  method_not_allowed: { status: 405, title: 'This method is not allowed here' },
  username_taken: { status: 409, title: 'This username is taken' },
  sso_conflict: { status: 409, title: 'This sign-in belongs to another account' },
  conflict: { status: 409, title: 'This does not fit the present state' },
  password_unset: { status: 409, title: 'This account has no password' },
  sms_unavailable: { status: 409, title: 'This server sends no text messages' },
  payload_too_large: { status: 413, title: 'This is too large' },
  unsupported_media_type: { status: 415, title: 'This content type is not accepted' },
  rate_limited: { status: 429, title: 'Too many requests' },
  internal_error: { status: 500, title: 'Something went wrong on the server' },
  overloaded: { status: 503, title: 'The server is busy' },
  unavailable: { status: 503, title: 'The server cannot do this right now' },
  send_again: { status: 503, title: 'An earlier message must be sent first' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof PROBLEMS;

/** The codes of a refusal that may succeed when the same request is made again after a while. */
export const TRANSIENT_PROBLEM_CODES: ReadonlySet<string> = new Set<ProblemCode>([
  'rate_limited',
  'overloaded',
  'unavailable',
  'send_again',
]);

/** An RFC 9457 problem, as every failed request and every refused event carries it. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  requestId: string;
  /** What is wrong with which field, for `validation_failed`. */
  errors?: { path: string; message: string }[];
  /** When to try again, in seconds, for transient refusals. */
  retryAfter?: number;
}
