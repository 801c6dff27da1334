import { ChatrClient } from './client.js';
import { FakeServer, problem } from './testing/fake-server.js';
import { BASE_URL } from './testing/harness.js';

describe('a log-in that takes a second step', () => {
  const challenge = { id: 'c1', methods: ['totp', 'recovery'] };
  let server: FakeServer;
  let client: ChatrClient;
  let bodies: unknown[];

  beforeEach(() => {
    server = new FakeServer();
    bodies = [];
    client = new ChatrClient(
      { baseUrl: BASE_URL, transport: 'cookie' },
      {
        fetch: (input, init) => {
          if (typeof init?.body === 'string') bodies.push(JSON.parse(init.body));
          return server.fetch(input, init);
        },
        openSocket: server.openSocket,
      },
    );
  });

  it('logs nobody in until it was taken', async () => {
    server.intercept = (_method, path) => (path === '/api/auth/login' ? Response.json({ challenge }) : undefined);
    expect(await client.auth.login('me', 'password')).toEqual({ challenge });
    expect(client.auth.me).toBeUndefined();

    const tokens = { accessToken: 'a', expiresIn: 900, user: { id: 'me' } };
    server.intercept = (_method, path) => (path === '/api/auth/login/verify' ? Response.json(tokens) : undefined);
    expect(await client.auth.loginVerify('c1', 'totp', '123456')).toMatchObject({ id: 'me' });
    expect(client.auth.me?.id).toBe('me');
    expect(bodies).toEqual([
      { identifier: 'me', password: 'password', cookie: true },
      { challengeId: 'c1', method: 'totp', code: '123456', cookie: true },
    ]);
  });

  it('takes what a passkey signed in the place of a code', async () => {
    const tokens = { accessToken: 'a', expiresIn: 900, user: { id: 'me' } };
    server.intercept = (_method, path) =>
      path === '/api/auth/login/options' ? Response.json({ options: { challenge: 'abc' } }) : Response.json(tokens);
    expect(await client.auth.loginOptions('c1', 'passkey')).toEqual({ challenge: 'abc' });
    expect(await client.auth.loginVerify('c1', 'passkey', { id: 'key' })).toMatchObject({ id: 'me' });
    expect(bodies).toEqual([
      { challengeId: 'c1', method: 'passkey' },
      { challengeId: 'c1', method: 'passkey', response: { id: 'key' }, cookie: true },
    ]);
  });

  it('is not asked for after a log-in with a passkey', async () => {
    const tokens = { accessToken: 'a', expiresIn: 900, user: { id: 'me' } };
    server.intercept = (_method, path) =>
      path === '/api/auth/passkeys/login/options' ? Response.json({ options: {} }) : Response.json(tokens);
    await client.auth.passkeyLoginOptions();
    expect(await client.auth.passkeyLogin({ id: 'key' })).toMatchObject({ id: 'me' });
    expect(bodies).toEqual([{}, { response: { id: 'key' }, cookie: true }]);
  });

  it('says when it has to begin again, and refreshes nothing for that', async () => {
    server.intercept = () => Response.json(problem('challenge_ended', 401), { status: 401 });
    await expect(client.auth.loginVerify('c1', 'totp', '123456')).rejects.toMatchObject({ code: 'challenge_ended' });
    expect(server.requests).toHaveLength(1);
  });
});
