import type { Problem } from '@chatr/contracts';
import { ChatrError } from './errors.js';

const TIMEOUT_MS = 20_000;

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  /** Sent as JSON. */
  body?: object;
  query?: Record<string, string | number | undefined>;
  /** The access token. */
  token?: string;
  /** How the answer is wanted; left out: as JSON. */
  as?: 'blob';
  /** For what takes longer than other answers. */
  timeoutMs?: number;
}

/** Speaks JSON with the server; every failure is a `ChatrError`. */
export class Http {
  constructor(
    private readonly baseUrl: string,
    private readonly credentials: RequestCredentials,
    private readonly fetch: typeof globalThis.fetch = (input, init) => globalThis.fetch(input, init),
  ) {}

  /** The address of a path on the server. */
  url(path: string, query: HttpRequest['query'] = {}): URL {
    const url = new URL(path, this.baseUrl);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    return url;
  }

  /** The body, parsed where it is JSON; undefined where the answer has none. */
  async send<T>({ method, path, body, query, token, as, timeoutMs = TIMEOUT_MS }: HttpRequest): Promise<T> {
    const headers: Record<string, string> = { accept: as === 'blob' ? '*/*' : 'application/json' };
    if (body !== undefined) headers['content-type'] = 'application/json';
    if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
    try {
      const response = await this.fetch(this.url(path, query), {
        method,
        headers,
        credentials: this.credentials,
        signal: AbortSignal.timeout(timeoutMs),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (as === 'blob' && response.ok) return (await response.blob()) as T;
      const text = await response.text();
      if (!response.ok) throw new ChatrError(problemOf(response, text));
      return (text === '' ? undefined : JSON.parse(text)) as T;
    } catch (error) {
      throw toChatrError(error);
    }
  }
}

function toChatrError(error: unknown): ChatrError {
  if (error instanceof ChatrError) return error;
  const timedOut = error instanceof DOMException && error.name === 'TimeoutError';
  return ChatrError.local(timedOut ? 'timeout' : 'network_error', error instanceof Error ? error.message : '');
}

/** The problem in the answer; where a proxy answered with something else, one that says as much. */
function problemOf(response: Response, text: string): Problem {
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  const waiting = Number.isFinite(retryAfter) ? { retryAfter } : {};
  const parsed = parseProblem(text);
  if (parsed !== undefined) return { ...waiting, ...parsed };
  const busy = response.status === 502 || response.status === 503 || response.status === 504;
  return {
    type: 'about:blank',
    title: response.statusText,
    status: response.status,
    detail: '',
    code: busy ? 'unavailable' : response.status === 429 ? 'rate_limited' : 'internal_error',
    requestId: '',
    ...waiting,
  };
}

function parseProblem(text: string): Problem | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'code' in value ? (value as Problem) : undefined;
  } catch {
    return undefined;
  }
}
