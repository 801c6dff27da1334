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

  it('says when it has to begin again, and refreshes nothing for that', async () => {
    server.intercept = () => Response.json(problem('challenge_ended', 401), { status: 401 });
    await expect(client.auth.loginVerify('c1', 'totp', '123456')).rejects.toMatchObject({ code: 'challenge_ended' });
    expect(server.requests).toHaveLength(1);
  });
});
