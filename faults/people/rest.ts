import { setTimeout as sleep } from 'node:timers/promises';
import { monotonicMs } from '../clock.js';
import type { Credentials } from './protocol.js';

/** Less than the life of an access token in a run. */
const TOKEN_MS = 25_000;
const TIMEOUT_MS = 10_000;

export interface Answer<T> {
  /** 0 when none came. */
  status: number;
  body: T | undefined;
}

/** One request, without the SDK; a failure of any kind is an answer, too. */
export async function call<T>(
  url: string,
  path: string,
  token?: string,
  body?: object,
  method?: string,
): Promise<Answer<T>> {
  try {
    const response = await fetch(`${url}/api${path}`, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as T) };
  } catch {
    return { status: 0, body: undefined };
  }
}

/** One request that has to succeed, tried until it does. @throws Error with the last answer when it does not for `patienceMs` */
export async function ask<T>(
  url: string,
  path: string,
  token?: string,
  body?: object,
  patienceMs = 30_000,
): Promise<T> {
  const deadline = monotonicMs() + patienceMs;
  for (;;) {
    const answer = await call<T>(url, path, token, body);
    if (answer.status >= 200 && answer.status < 300) return answer.body as T;
    const passing = answer.status === 0 || answer.status >= 500;
    if (!passing || monotonicMs() > deadline)
      throw new Error(`${path} was answered with ${answer.status}: ${JSON.stringify(answer.body)}`);
    await sleep(250);
  }
}

/** A person's access tokens, from a session beside those of the SDK. */
export class Pass {
  #token = '';
  #since = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly url: string,
    private readonly person: Credentials,
  ) {}

  /** @throws Error when the person cannot log in */
  async token(): Promise<string> {
    if (monotonicMs() - this.#since < TOKEN_MS) return this.#token;
    const { username, password } = this.person;
    const { accessToken } = await ask<{ accessToken: string }>(this.url, '/auth/login', undefined, {
      identifier: username,
      password,
    });
    this.#since = monotonicMs();
    return (this.#token = accessToken);
  }
}
