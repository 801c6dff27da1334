import { jest } from '@jest/globals';
import { ChatrError } from './errors.js';
import type { TokenStorage } from './options.js';
import { FakeServer, problem } from './testing/fake-server.js';
import { logIn } from './testing/harness.js';

function refusal(code: string, status: number): Response {
  return Response.json(problem(code, status), { status });
}

describe('the session', () => {
  let server: FakeServer;

  beforeEach(() => {
    server = new FakeServer();
  });

  const refreshes = (): number => server.requests.filter(({ path }) => path === '/api/auth/refresh').length;

  it('refreshes once for requests that were refused together, and makes each again', async () => {
    const me = await logIn(server, 'me');
    const asked = new Map<string, number>();
    server.intercept = (_method, path) => {
      if (!path.startsWith('/api/users/')) return undefined;
      asked.set(path, (asked.get(path) ?? 0) + 1);
      return asked.get(path) === 1 ? refusal('token_expired', 401) : Response.json({ id: path });
    };
    const people = await Promise.all(['a', 'b', 'c'].map((id) => me.users.get(id)));
    expect(people).toHaveLength(3);
    expect([...asked.values()]).toEqual([2, 2, 2]);
    expect(refreshes()).toBe(1);
    expect(server.requests.at(-1)?.token).toBe('me/a2');
  });

  it('refreshes before a token that is about to expire is used', async () => {
    server.tokenSeconds = 0;
    const me = await logIn(server, 'me');
    server.intercept = (_method, path) => (path.startsWith('/api/users/') ? Response.json({}) : undefined);
    await me.users.get('a');
    expect(refreshes()).toBe(1);
    expect(server.requests.at(-1)?.token).toBe('me/a2');
  });

  it('ends when the refresh token is refused, and says so once', async () => {
    const onSessionEnded = jest.fn();
    const me = await logIn(server, 'me', { onSessionEnded });
    server.intercept = () => refusal('session_ended', 401);
    const failures = await Promise.allSettled([me.users.get('a'), me.users.get('b')]);
    expect(failures.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(onSessionEnded.mock.calls).toEqual([['expired']]);
    expect(me.auth.me).toBeUndefined();
  });

  it('lives on when the server cannot be reached', async () => {
    const onSessionEnded = jest.fn();
    const me = await logIn(server, 'me', { onSessionEnded });
    server.intercept = () => Promise.reject(new TypeError('fetch failed'));
    await expect(me.auth.restore()).rejects.toMatchObject({ code: 'network_error', status: 0 });
    expect(me.auth.me?.id).toBe('me');
    expect(onSessionEnded).not.toHaveBeenCalled();
  });

  it('takes up a stored session, and keeps each new refresh token', async () => {
    let kept: string | undefined = 'me/r0';
    const tokenStorage: TokenStorage = { load: () => kept, save: (token) => void (kept = token) };
    const me = await logIn(server, 'me', { tokenStorage });
    expect(kept).toBe('me/r1');
    expect(await me.auth.restore()).toMatchObject({ id: 'me' });
    expect(kept).toBe('me/r2');
    expect(server.requests.at(-1)?.body).toEqual({ refreshToken: 'me/r1' });
    await me.auth.logout();
    expect(kept).toBeUndefined();
    expect(await me.auth.restore()).toBeUndefined();
  });

  it('leaves the refresh token to the cookie in a browser', async () => {
    const me = await logIn(server, 'me', { transport: 'cookie' });
    expect(server.requests[0]?.body).toMatchObject({ cookie: true });
    await me.auth.restore();
    expect(server.requests.at(-1)?.body).toEqual({});
  });

  it('logs out here even when the server cannot be reached', async () => {
    const me = await logIn(server, 'me');
    server.intercept = () => Promise.reject(new TypeError('fetch failed'));
    await me.auth.logout();
    expect(me.auth.me).toBeUndefined();
  });

  it('does not say that it ended when the person ended it', async () => {
    const onSessionEnded = jest.fn();
    const me = await logIn(server, 'me', { onSessionEnded });
    server.intercept = () => refusal('session_ended', 401);
    await me.auth.logout();
    expect(onSessionEnded).not.toHaveBeenCalled();
  });

  it('makes a problem of whatever a failed request comes back with', async () => {
    const me = await logIn(server, 'me');
    server.intercept = () => new Response('<h1>Bad gateway</h1>', { status: 502, headers: { 'retry-after': '7' } });
    const failure: unknown = await me.users.get('a').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ChatrError);
    expect(failure).toMatchObject({ code: 'unavailable', status: 502, retryAfter: 7 });
    const errors = [{ path: 'displayName', message: 'too long' }];
    server.intercept = () => Response.json(problem('validation_failed', 400, { errors }), { status: 400 });
    await expect(me.users.updateMe({ displayName: 'x' })).rejects.toMatchObject({ code: 'validation_failed', errors });
  });
});
