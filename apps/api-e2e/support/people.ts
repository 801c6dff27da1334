import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from './http.js';
import type { ServerAddress } from './server.js';

/** Somebody who registered, verified the address and is logged in. */
export interface Person {
  id: string;
  email: string;
  username: string;
  displayName: string;
  password: string;
  accessToken: string;
  refreshToken: string;
}

export type Registration = Pick<Person, 'email' | 'username' | 'displayName' | 'password'>;

interface Tokens {
  accessToken: string;
  refreshToken: string;
  user: { id: string };
}

interface Mail {
  subject: string;
  text: string;
}

const MAIL_MS = 5_000;
const POLL_MS = 25;

/** Somebody nobody else is: their user name occurs in no other test. */
export function newRegistration(overrides: Partial<Registration> = {}): Registration {
  const username = overrides.username ?? `p${randomBytes(6).toString('hex')}`;
  return {
    username,
    email: `${username}@example.test`,
    displayName: `Person ${username}`,
    password: 'correct horse battery staple',
    ...overrides,
  };
}

/** Registers somebody, takes the code from the mailbox and verifies the address. */
export async function registerPerson(server: ServerAddress, overrides: Partial<Registration> = {}): Promise<Person> {
  const registration = newRegistration(overrides);
  await ask(server, '/auth/register', { body: registration });
  const code = await mailedCode(server, registration.email);
  const tokens = await ask<Tokens>(server, '/auth/verify-email', { body: { email: registration.email, code } });
  return { ...registration, id: tokens.user.id, accessToken: tokens.accessToken, refreshToken: tokens.refreshToken };
}

/** The mails to an address, newest first. */
export function mailsTo(server: ServerAddress, email: string): Promise<Mail[]> {
  return ask<Mail[]>(server, `/dev/mailbox?to=${encodeURIComponent(email)}`);
}

/**
 * The six digits of the newest mail that holds some; mail leaves after the answer, so it is waited for.
 * @param otherThan a code that was mailed before, where a new one is expected
 */
export async function mailedCode(server: ServerAddress, email: string, otherThan?: string): Promise<string> {
  const deadline = Date.now() + MAIL_MS;
  while (Date.now() < deadline) {
    for (const { text } of await mailsTo(server, email)) {
      const code = /(?<!\d)\d{6}(?!\d)/.exec(text)?.[0];
      if (code !== undefined && code !== otherThan) return code;
    }
    await sleep(POLL_MS);
  }
  throw new Error(`No code was mailed to ${email}`);
}

/** The text of the newest mail with a subject, which is waited for. */
export async function mailAbout(server: ServerAddress, email: string, subject: string): Promise<string> {
  const deadline = Date.now() + MAIL_MS;
  while (Date.now() < deadline) {
    const mail = (await mailsTo(server, email)).find((candidate) => candidate.subject === subject);
    if (mail !== undefined) return mail.text;
    await sleep(POLL_MS);
  }
  throw new Error(`No mail “${subject}” came to ${email}`);
}
