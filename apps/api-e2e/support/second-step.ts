import { Secret, TOTP } from 'otpauth';
import { inDatabase } from './database.js';
import { type Answer, ask, call } from './http.js';
import type { Person } from './people.js';
import type { ServerAddress, TestServer } from './server.js';

/** What a log-in answers with: tokens, a challenge, or a problem. */
export interface LoginAnswer {
  accessToken: string;
  refreshToken?: string;
  challenge: { id: string; methods: string[] };
  code: string;
  retryAfter?: number;
}

/** Somebody with an authenticator app. */
export interface Protected {
  secret: string;
  recoveryCodes: string[];
}

export type Headers = Record<string, string>;

/** Another device: a program of another name. */
export const ELSEWHERE: Headers = { 'user-agent': 'another program' };

export function logIn(
  server: ServerAddress,
  { email, password }: Pick<Person, 'email' | 'password'>,
  headers: Headers = {},
  more: object = {},
): Promise<Answer<LoginAnswer>> {
  return call(server, '/auth/login', { body: { identifier: email, password, ...more }, headers });
}

export function verify(
  server: ServerAddress,
  challengeId: string,
  method: string,
  code: string,
  headers: Headers = {},
): Promise<Answer<LoginAnswer>> {
  return call(server, '/auth/login/verify', { body: { challengeId, method, code }, headers });
}

/** What an app with this secret shows. @param off how many steps of 30 s its clock is off */
export function appCode(secret: string, off = 0): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + off * 30_000 });
}

/** A code that an app with this secret does not show now. */
export function wrongCode(secret: string): string {
  const right = [-1, 0, 1, 2].map((off) => appCode(secret, off));
  return ['000000', '111111', '222222', '333333', '444444'].find((code) => !right.includes(code)) ?? '';
}

/** Sets an app up, and forgets that its first code was used, so that no test has to wait half a minute. */
export async function protect(server: TestServer, person: Person): Promise<Protected> {
  const { accessToken } = person;
  const { secret } = await ask<{ secret: string }>(server, '/auth/2fa/setup', { method: 'POST', accessToken });
  const body = { code: appCode(secret) };
  const { recoveryCodes } = await ask<Protected>(server, '/auth/2fa/enable', { body, accessToken });
  await inDatabase(server, `UPDATE totp_factors SET last_step = 0 WHERE user_id = $1`, [person.id]);
  return { secret, recoveryCodes };
}
