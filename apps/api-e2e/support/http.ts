import supertest from 'supertest';
import type { ServerAddress } from './server.js';

export interface Answer<T> {
  status: number;
  headers: Headers;
  /** The parsed JSON; undefined where the answer has no body. */
  body: T;
}

export interface Request {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Sent as JSON. */
  body?: unknown;
  accessToken?: string;
  headers?: Record<string, string>;
}

const verbs = { GET: 'get', POST: 'post', PUT: 'put', PATCH: 'patch', DELETE: 'delete' } as const;

/**
 * One request to the API as any client would send it; refusals are answers, too.
 * @param path below `/api`, for example `/users/me`
 */
export async function call<T = unknown>(
  server: ServerAddress,
  path: string,
  request: Request = {},
): Promise<Answer<T>> {
  const { method = request.body === undefined ? 'GET' : 'POST', body, accessToken, headers } = request;
  const agent = supertest(server.url);
  const asked = agent[verbs[method]](`/api${path}`).ok(() => true);
  if (accessToken !== undefined) void asked.set('Authorization', `Bearer ${accessToken}`);
  if (body !== undefined) void asked.set('Content-Type', 'application/json').send(JSON.stringify(body));
  // What the SDK is called, too, so that a person of a test has one device, however they log in.
  const response = await asked.set({ 'User-Agent': 'node', ...headers });
  return {
    status: response.status,
    headers: toHeaders(response.headers),
    body: (response.text === '' ? undefined : JSON.parse(response.text)) as T,
  };
}

function toHeaders(raw: Record<string, string | string[]>): Headers {
  const headers = new Headers();
  for (const [name, values] of Object.entries(raw)) for (const value of [values].flat()) headers.append(name, value);
  return headers;
}

/** As `call`, for what has to succeed. @throws Error with the problem when it was refused */
export async function ask<T>(server: ServerAddress, path: string, request: Request = {}): Promise<T> {
  const { status, body } = await call<T>(server, path, request);
  if (status >= 400)
    throw new Error(`${request.method ?? ''} ${path} was refused with ${status}: ${JSON.stringify(body)}`);
  return body;
}
