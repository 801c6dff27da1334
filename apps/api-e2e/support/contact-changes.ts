import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, ask, call } from './http.js';
import { type Person } from './people.js';
import type { ServerAddress } from './server.js';

/** Something a person was mailed or texted. */
export interface Received {
  to: string;
  channel: 'email' | 'sms';
  subject: string;
  text: string;
  html: string;
}

export interface Refusal {
  code: string;
  errors?: { path: string }[];
}

export interface Me {
  email: string;
  phone: string | null;
  phoneVerified: boolean;
  language: string;
}

/** What went to an address or a number, newest first. */
export function receivedBy(server: ServerAddress, to: string): Promise<Received[]> {
  return ask<Received[]>(server, `/dev/mailbox?to=${encodeURIComponent(to)}`);
}

/** The code of the newest message that has one with this word in it; what is sent leaves after the answer, so it is waited for. */
export async function codeFor(server: ServerAddress, to: string, word: string): Promise<string> {
  for (let attempt = 0; attempt < 100; attempt++) {
    for (const { subject, text } of await receivedBy(server, to)) {
      const code = /(?<!\d)\d{6}(?!\d)/.exec(text)?.[0];
      if (code !== undefined && `${subject}\n${text}`.includes(word)) return code;
    }
    await sleep(25);
  }
  throw new Error(`No code about "${word}" went to ${to}`);
}

/** A code that is certainly not this one. */
export function otherThan(code: string): string {
  return String((Number(code) + 1) % 1_000_000).padStart(6, '0');
}

/** A request of somebody's, below `/auth`. */
export function post<T = Refusal>(
  server: ServerAddress,
  person: Person,
  path: string,
  body: unknown,
): Promise<Answer<T>> {
  return call<T>(server, `/auth/${path}`, { body, accessToken: person.accessToken });
}
