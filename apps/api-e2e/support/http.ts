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
  const response = await fetch(`${server.url}/api${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` }),
      ...headers,
    },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: (text === '' ? undefined : JSON.parse(text)) as T,
  };
}

/** As `call`, for what has to succeed. @throws Error with the problem when it was refused */
export async function ask<T>(server: ServerAddress, path: string, request: Request = {}): Promise<T> {
  const { status, body } = await call<T>(server, path, request);
  if (status >= 400)
    throw new Error(`${request.method ?? ''} ${path} was refused with ${status}: ${JSON.stringify(body)}`);
  return body;
}
