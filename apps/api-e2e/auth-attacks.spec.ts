import { createHmac, generateKeyPairSync, sign as signWith } from 'node:crypto';
import { inDatabase } from './support/database.js';
import { type Answer, call, type Request } from './support/http.js';
import { mailsTo, newRegistration, type Person, registerPerson } from './support/people.js';
import { startServer, type TestServer } from './support/server.js';
import { closeSockets, openSocket } from './support/sockets.js';

interface Refusal {
  code: string;
}

/** The server's own key: so that a token is refused for the one thing that is wrong with it. */
const SECRET = 'the key that the server of these tests signs with';

let server: TestServer;
let ann: Person;
let bob: Person;

beforeAll(async () => {
  server = await startServer({ JWT_SECRET: SECRET });
  ann = await registerPerson(server);
  bob = await registerPerson(server);
});
afterEach(closeSockets);
afterAll(() => server.destroy());

const me = (accessToken: string): Promise<Answer<Refusal>> => call(server, '/users/me', { accessToken });
const refused = (answer: Answer<Refusal>): [number, string] => [answer.status, answer.body.code];
const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** What a token says. */
function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
}

/** A token as this server would sign it. */
function forge(header: object, claims: object, { key = SECRET, hash = 'sha256' } = {}): string {
  const signed = `${encode(header)}.${encode(claims)}`;
  return `${signed}.${createHmac(hash, key).update(signed).digest('base64url')}`;
}

describe('a token that somebody made', () => {
  const HS256 = { alg: 'HS256', typ: 'JWT' };
  const soon = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;

  test('with the server’s key and every claim in place is taken, so that each of these fails for its own reason', async () => {
    expect((await me(forge(HS256, claimsOf(ann.accessToken)))).status).toBe(200);
  });

  test('is not taken without a signature, or with an algorithm that was not agreed on', async () => {
    const claims = claimsOf(ann.accessToken);
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const rsa = `${encode({ alg: 'RS256' })}.${encode(claims)}`;
    const publicPem = publicKey.export({ type: 'spki', format: 'pem' });
    const forged = [
      ...['none', 'None', 'NONE', ''].map((alg) => `${encode({ alg })}.${encode(claims)}.`),
      `${encode(HS256)}.${encode(claims)}.`,
      `${rsa}.${signWith('sha256', Buffer.from(rsa), privateKey).toString('base64url')}`,
      forge(HS256, claims, { key: String(publicPem) }),
      forge({ alg: 'RS256' }, claims),
      forge({ alg: 'HS512' }, claims, { hash: 'sha512' }),
      forge({}, claims),
    ];
    for (const token of forged) expect([token, ...refused(await me(token))]).toEqual([token, 401, 'unauthenticated']);
  });

  test('does not choose its own key by what its header names', async () => {
    const claims = claimsOf(ann.accessToken);
    const key = 'a key of the attacker’s own choosing';
    const jwk = { kty: 'oct', k: Buffer.from(key).toString('base64url') };
    for (const named of [
      { kid: '../../../../dev/null' },
      { kid: `' UNION SELECT '${key}` },
      { jwk },
      { jku: 'http://127.0.0.1:1/keys.json' },
      { x5u: 'http://127.0.0.1:1/chain.pem' },
      { kid: 'mine', crit: ['kid'] },
    ]) {
      expect(refused(await me(forge({ ...HS256, ...named }, claims, { key })))).toEqual([401, 'unauthenticated']);
      expect(refused(await me(forge({ ...HS256, ...named }, claims, { key: '' })))).toEqual([401, 'unauthenticated']);
    }
  });

  test('is not taken outside its time, from elsewhere, for elsewhere, or with something missing', async () => {
    const claims = claimsOf(ann.accessToken);
    const without = (name: string): object =>
      Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name));
    const wrong: [object, string][] = [
      [{ ...claims, exp: soon(-60) }, 'token_expired'],
      [{ ...claims, exp: 'never' }, 'unauthenticated'],
      [{ ...claims, nbf: soon(600) }, 'unauthenticated'],
      [{ ...claims, iss: 'somebody else' }, 'unauthenticated'],
      [{ ...claims, aud: 'another service' }, 'unauthenticated'],
      [{ ...claims, aud: ['another service', 'chatr-api'] }, 'unauthenticated'],
      [{ ...claims, role: 'root' }, 'unauthenticated'],
      [{ ...claims, sid: { $ne: null } }, 'unauthenticated'],
      ...['exp', 'iss', 'sub', 'sid', 'role'].map((name): [object, string] => [without(name), 'unauthenticated']),
    ];
    for (const [forged, code] of wrong)
      expect([forged, ...refused(await me(forge(HS256, forged)))]).toEqual([forged, 401, code]);
  });

  test('makes nobody somebody else, nor an administrator', async () => {
    const claims = claimsOf(ann.accessToken);
    const { sid, sub } = claimsOf(bob.accessToken);
    // One's own session in another's name, and the other way round.
    for (const forged of [
      { ...claims, sub },
      { ...claims, sid },
    ]) {
      expect(refused(await me(forge(HS256, forged)))).toEqual([401, 'session_ended']);
    }
    const promoted = forge(HS256, { ...claimsOf(bob.accessToken), role: 'admin' });
    expect(refused(await call(server, '/admin/users', { accessToken: promoted }))).toEqual([403, 'forbidden']);
  });

  test('that is good for one thing is good for nothing else', async () => {
    expect(refused(await me(ann.refreshToken))).toEqual([401, 'unauthenticated']);
    const body = { refreshToken: ann.accessToken };
    expect([400, 401]).toContain((await call(server, '/auth/refresh', { body })).status);
  });
});

describe('a foreign page in somebody’s browser', () => {
  async function cookieOf({ email: identifier, password }: Person): Promise<string> {
    const answer = await call(server, '/auth/login', { body: { identifier, password, cookie: true } });
    return (answer.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
  }
  const refresh = (headers: Record<string, string>, more: Request = {}): Promise<Answer<Refusal>> =>
    call(server, '/auth/refresh', { method: 'POST', headers, ...more });

  test('cannot use the session, whether or not the browser says which page it is', async () => {
    const cookie = await cookieOf(ann);
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: server.url.replace('127.0.0.1', '127.0.0.1.evil.example') },
      { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
      { 'sec-fetch-site': 'cross-site' },
    ];
    for (const headers of foreign) {
      expect(refused(await refresh({ cookie, ...headers }))).toEqual([403, 'forbidden']);
    }
    expect((await refresh({ cookie, origin: server.url, 'sec-fetch-site': 'same-origin' })).status).toBe(200);
  });

  test('cannot send what a form can send, and log somebody in as somebody else', async () => {
    const credentials = { identifier: bob.email, password: bob.password, cookie: true };
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const answer = await fetch(`${server.url}/api/auth/login`, {
        method: 'POST',
        headers: { 'content-type': type, origin: 'https://evil.example' },
        body:
          type === 'text/plain'
            ? JSON.stringify(credentials)
            : new URLSearchParams({ identifier: bob.email }).toString(),
      });
      expect([type, answer.status >= 400, answer.headers.getSetCookie()]).toEqual([type, true, []]);
    }
  });

  test('changes nothing with the cookie alone: whatever changes something wants the access token', async () => {
    const cookie = await cookieOf(ann);
    const headers = { cookie, origin: server.url };
    const body = { password: ann.password };
    for (const [method, path] of [
      ['PATCH', '/users/me'],
      ['DELETE', '/users/me'],
      ['POST', '/auth/logout'],
      ['DELETE', '/auth/sessions'],
    ] as const) {
      expect(refused(await call(server, path, { method, headers, body }))).toEqual([401, 'unauthenticated']);
    }
  });

  test('is not let in by CORS', async () => {
    const answer = await fetch(`${server.url}/api/users/me`, {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'DELETE' },
    });
    expect(answer.headers.get('access-control-allow-origin')).not.toBe('https://evil.example');
    expect(answer.headers.get('access-control-allow-origin')).not.toBe('*');
  });
});

describe('a session', () => {
  test('begins with tokens of its own, whatever the browser brought along', async () => {
    const planted = ann.refreshToken;
    const headers = { cookie: `chatr_refresh=${planted}` };
    const body = { identifier: bob.email, password: bob.password, cookie: true };
    const answer = await call<{ accessToken: string }>(server, '/auth/login', { body, headers });
    const [set = ''] = answer.headers.getSetCookie();
    expect(set).toMatch(/^chatr_refresh=/);
    expect(set).not.toContain(planted);
    expect(claimsOf(answer.body.accessToken)).toMatchObject({ sub: bob.id });
    expect(claimsOf(answer.body.accessToken)['sid']).not.toBe(claimsOf(ann.accessToken)['sid']);
  });

  test('whose refresh token was stolen ends for the thief as well, with every open connection', async () => {
    const victim = await registerPerson(server);
    const refresh = (refreshToken: string): Promise<Answer<Refusal & { accessToken: string; refreshToken: string }>> =>
      call(server, '/auth/refresh', { body: { refreshToken } });
    const stolen = (await refresh(victim.refreshToken)).body;
    const thief = await openSocket(server, stolen.accessToken);
    await inDatabase(server, `UPDATE sessions SET rotated_at = now() - interval '31 seconds' WHERE user_id = $1`, [
      victim.id,
    ]);
    // The owner's browser wakes up, and still has the old one.
    expect(refused(await refresh(victim.refreshToken))).toEqual([401, 'session_ended']);
    expect(await thief.first('session:ended')).toEqual({ reason: 'refresh_reuse' });
    await thief.first('disconnect');
    expect(refused(await me(stolen.accessToken))).toEqual([401, 'session_ended']);
    expect(refused(await refresh(stolen.refreshToken))).toEqual([401, 'session_ended']);
    // Another device of the owner's is another session.
    const body = { identifier: victim.email, password: victim.password };
    expect((await call(server, '/auth/login', { body })).status).toBe(200);
  });
});

describe('whether somebody has an account', () => {
  interface Probe {
    path: string;
    bodyOf: (email: string) => object;
  }
  const probes: Probe[] = [
    { path: '/auth/login', bodyOf: (identifier) => ({ identifier, password: 'not the password' }) },
    { path: '/auth/resend-code', bodyOf: (email) => ({ email }) },
    { path: '/auth/forgot-password', bodyOf: (email) => ({ email }) },
    { path: '/auth/verify-email', bodyOf: (email) => ({ email, code: '000000' }) },
    { path: '/auth/reset-password', bodyOf: (email) => ({ email, code: '000000', password: 'a wholly new password' }) },
    { path: '/auth/register', bodyOf: (email) => ({ ...newRegistration(), email }) },
  ];
  /** An answer without what differs each time. */
  const told = ({ status, body, headers }: Answer<Record<string, unknown> | undefined>): unknown => [
    status,
    { ...body, requestId: '', userId: '' },
    [...headers.keys()].filter((name) => name !== 'content-length').toSorted(),
  ];

  test.each(probes)('is told by no answer of $path', async ({ path, bodyOf }) => {
    const gone = await registerPerson(server);
    const { accessToken, password } = gone;
    await call(server, '/users/me', { method: 'DELETE', body: { password }, accessToken });
    const answers = [];
    for (const email of [ann.email, newRegistration().email, gone.email]) {
      answers.push(told(await call(server, path, { body: bodyOf(email) })));
    }
    expect(answers).toEqual([answers[0], answers[0], answers[0]]);
  });

  test('is not found by searching for an address, nor for a part of one', async () => {
    for (const query of [ann.email, ann.email.slice(0, 20), '@example.test']) {
      const { body } = await call<{ items: { id: string }[] }>(server, `/users?query=${encodeURIComponent(query)}`, {
        accessToken: bob.accessToken,
      });
      expect(body.items.map(({ id }) => id)).not.toContain(ann.id);
    }
  });

  test('is told to the owner of the address alone', async () => {
    await call(server, '/auth/register', { body: { ...newRegistration(), email: ann.email } });
    expect((await mailsTo(server, ann.email))[0]?.subject).toBe('You already have an account');
  });
});
