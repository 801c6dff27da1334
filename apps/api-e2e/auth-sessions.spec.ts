import { createHmac } from 'node:crypto';
import { inDatabase } from './support/database.js';
import { type Answer, call } from './support/http.js';
import { mailedCode, mailsTo, type Person, registerPerson } from './support/people.js';
import { startServer, type TestServer } from './support/server.js';

interface Refusal {
  code: string;
}
interface Tokens {
  accessToken: string;
  refreshToken?: string;
}

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.destroy());

const refresh = (refreshToken: string): Promise<Answer<Required<Tokens> & Refusal>> =>
  call(server, '/auth/refresh', { body: { refreshToken } });
const me = (accessToken: string): Promise<Answer<Refusal>> => call(server, '/users/me', { accessToken });
const login = (identifier: string, password: string): Promise<Answer<Required<Tokens> & Refusal>> =>
  call(server, '/auth/login', { body: { identifier, password } });

const refused = (answer: Answer<Refusal>): [number, string] => [answer.status, answer.body.code];

async function cookieLogin(person: Person): Promise<{ cookie: string; header: string; body: Tokens }> {
  const body = { identifier: person.email, password: person.password, cookie: true };
  const answer = await call<Tokens>(server, '/auth/login', { body });
  const [header = ''] = answer.headers.getSetCookie();
  return { cookie: header.split(';')[0] ?? '', header, body: answer.body };
}

/** A JWT as an attacker would make it. */
function forge(header: object, claims: object, secret?: string): string {
  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  const signed = `${encode(header)}.${encode(claims)}`;
  return `${signed}.${secret === undefined ? '' : createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

describe('logging in', () => {
  test('works with the address and the username, whatever their case', async () => {
    const person = await registerPerson(server);
    for (const identifier of [
      person.email,
      person.email.toUpperCase(),
      person.username,
      ` ${person.username.toUpperCase()} `,
    ]) {
      expect((await login(identifier, person.password)).status).toBe(200);
    }
  });

  test('answers the same to a wrong password and to a name nobody has', async () => {
    const person = await registerPerson(server);
    const wrong = await login(person.email, 'not the password');
    const nobody = await login(`nobody-${person.email}`, 'not the password');
    expect(refused(wrong)).toEqual([401, 'credentials_invalid']);
    expect({ ...nobody.body, requestId: '' }).toEqual({ ...wrong.body, requestId: '' });
  });

  test('refuses a longer text that begins with the password', async () => {
    const password = 'tangerine umbrella seldom writes nineteen quiet letters about the harbour'.slice(0, 72);
    expect(password).toHaveLength(72);
    const person = await registerPerson(server, { password });
    expect((await login(person.email, password)).status).toBe(200);
    expect(refused(await login(person.email, `${password}y`))).toEqual([401, 'credentials_invalid']);
  });
});

describe('refreshing', () => {
  test('exchanges a token, and gives whoever repeats it the same successor', async () => {
    const person = await registerPerson(server);
    const answers = await Promise.all(Array.from({ length: 8 }, () => refresh(person.refreshToken)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
    const successors = new Set(answers.map(({ body }) => body.refreshToken));
    expect(successors.size).toBe(1);
    expect(successors).not.toContain(person.refreshToken);
    expect((await me(answers[0]!.body.accessToken)).status).toBe(200);
  });

  test('ends the session when a token comes back whose successor was used', async () => {
    const person = await registerPerson(server);
    const first = await refresh(person.refreshToken);
    const second = await refresh(first.body.refreshToken);
    expect(refused(await refresh(person.refreshToken))).toEqual([401, 'session_ended']);
    expect(refused(await refresh(second.body.refreshToken))).toEqual([401, 'session_ended']);
    expect(refused(await me(second.body.accessToken))).toEqual([401, 'session_ended']);
  });

  test('ends the session when a token is repeated after half a minute', async () => {
    const person = await registerPerson(server);
    const first = await refresh(person.refreshToken);
    await inDatabase(server, `UPDATE sessions SET rotated_at = now() - interval '31 seconds' WHERE user_id = $1`, [
      person.id,
    ]);
    expect(refused(await refresh(person.refreshToken))).toEqual([401, 'session_ended']);
    expect(refused(await refresh(first.body.refreshToken))).toEqual([401, 'session_ended']);
  });

  test('refuses invented and altered tokens without ending anything', async () => {
    const person = await registerPerson(server);
    const bytes = Buffer.from(person.refreshToken, 'base64url');
    bytes[30]! ^= 1;
    for (const invented of ['x', 'A'.repeat(86), bytes.toString('base64url'), `${person.refreshToken}=`]) {
      expect(refused(await refresh(invented))).toEqual([401, 'session_ended']);
    }
    expect((await refresh(person.refreshToken)).status).toBe(200);
  });

  test('is over after thirty days without use', async () => {
    const person = await registerPerson(server);
    await inDatabase(server, `UPDATE sessions SET expires_at = now() WHERE user_id = $1`, [person.id]);
    expect(refused(await refresh(person.refreshToken))).toEqual([401, 'session_ended']);
  });

  test('stores no token in readable form', async () => {
    const person = await registerPerson(server);
    const [row] = await inDatabase<{ row: string }>(
      server,
      `SELECT sessions::text AS row FROM sessions WHERE user_id = $1`,
      [person.id],
    );
    expect(row?.row).not.toContain(Buffer.from(person.refreshToken, 'base64url').subarray(16, 48).toString('hex'));
  });
});

describe('the refresh cookie', () => {
  test('is out of reach of scripts and other sites, and the answer holds no refresh token', async () => {
    const { header, body } = await cookieLogin(await registerPerson(server));
    expect(header).toMatch(/^chatr_refresh=[\w-]+; .*Path=\/api\/auth; .*HttpOnly; SameSite=Strict$/);
    expect(body).not.toHaveProperty('refreshToken');
  });

  test('refreshes without a body, and is replaced', async () => {
    const { cookie } = await cookieLogin(await registerPerson(server));
    const answer = await call<Tokens>(server, '/auth/refresh', { method: 'POST', headers: { cookie } });
    expect(answer.status).toBe(200);
    expect(answer.body).not.toHaveProperty('refreshToken');
    const [next = ''] = answer.headers.getSetCookie();
    expect(next).toContain('chatr_refresh=');
    expect(next.split(';')[0]).not.toBe(cookie);
  });

  test('is not accepted from a foreign page', async () => {
    const { cookie } = await cookieLogin(await registerPerson(server));
    for (const origin of ['https://evil.example', 'null', `${server.url}.evil.example`]) {
      const answer = await call<Refusal>(server, '/auth/refresh', { method: 'POST', headers: { cookie, origin } });
      expect(refused(answer)).toEqual([403, 'forbidden']);
    }
    const own = await call(server, '/auth/refresh', { method: 'POST', headers: { cookie, origin: server.url } });
    expect(own.status).toBe(200);
  });

  test('is taken away at logging out', async () => {
    const { cookie, body } = await cookieLogin(await registerPerson(server));
    const logout = await call(server, '/auth/logout', { method: 'POST', accessToken: body.accessToken });
    expect(logout.status).toBe(204);
    expect(logout.headers.getSetCookie()[0]).toMatch(/^chatr_refresh=;.*1970/);
    expect(refused(await call(server, '/auth/refresh', { method: 'POST', headers: { cookie } }))).toEqual([
      401,
      'session_ended',
    ]);
  });

  test('is missing for who never logged in', async () => {
    expect(refused(await call(server, '/auth/refresh', { method: 'POST' }))).toEqual([401, 'unauthenticated']);
  });
});

describe('sessions', () => {
  interface Listed {
    items: { id: string; current: boolean; userAgent: string }[];
  }

  test('are listed, and ended one by one or all the others at once', async () => {
    const person = await registerPerson(server);
    const phone = (await login(person.email, person.password)).body;
    const laptop = (await login(person.email, person.password)).body;
    const list = await call<Listed>(server, '/auth/sessions', { accessToken: laptop.accessToken });
    expect(list.body.items).toHaveLength(3);
    expect(list.body.items.filter((session) => session.current)).toHaveLength(1);

    const own = await call<Listed>(server, '/auth/sessions', { accessToken: phone.accessToken });
    const phoneId = own.body.items.find((session) => session.current)!.id;
    const gone = await call(server, `/auth/sessions/${phoneId}`, { method: 'DELETE', accessToken: laptop.accessToken });
    expect(gone.status).toBe(204);
    expect(refused(await me(phone.accessToken))).toEqual([401, 'session_ended']);
    expect(refused(await refresh(phone.refreshToken))).toEqual([401, 'session_ended']);

    expect((await me(person.accessToken)).status).toBe(200);
    await call(server, '/auth/sessions', { method: 'DELETE', accessToken: laptop.accessToken });
    expect(refused(await me(person.accessToken))).toEqual([401, 'session_ended']);
    expect((await me(laptop.accessToken)).status).toBe(200);
  });

  test('of others cannot be ended', async () => {
    const [owner, stranger] = [await registerPerson(server), await registerPerson(server)];
    const list = await call<Listed>(server, '/auth/sessions', { accessToken: owner.accessToken });
    const path = `/auth/sessions/${list.body.items[0]!.id}`;
    const answer = await call<Refusal>(server, path, { method: 'DELETE', accessToken: stranger.accessToken });
    expect(refused(answer)).toEqual([404, 'not_found']);
    expect((await me(owner.accessToken)).status).toBe(200);
  });
});

describe('a forgotten password', () => {
  const forgot = (email: string): Promise<Answer<unknown>> =>
    call(server, '/auth/forgot-password', { body: { email } });
  const reset = (email: string, code: string, password: string): Promise<Answer<Refusal>> =>
    call(server, '/auth/reset-password', { body: { email, code, password } });

  test('is replaced with a mailed code, which ends every session and works once', async () => {
    const person = await registerPerson(server);
    expect((await forgot(person.email)).status).toBe(202);
    const code = await mailedCode(server, person.email);
    expect((await reset(person.email, code, 'a wholly new password')).status).toBe(204);
    expect(refused(await me(person.accessToken))).toEqual([401, 'session_ended']);
    expect(refused(await refresh(person.refreshToken))).toEqual([401, 'session_ended']);
    expect(refused(await login(person.email, person.password))).toEqual([401, 'credentials_invalid']);
    expect((await login(person.email, 'a wholly new password')).status).toBe(200);
    expect(refused(await reset(person.email, code, 'yet another password'))).toEqual([400, 'code_invalid']);
    expect((await mailsTo(server, person.email))[0]?.subject).toBe('Your password was changed');
  });

  test('takes five guesses at most, also at the same time', async () => {
    const person = await registerPerson(server);
    await forgot(person.email);
    const code = await mailedCode(server, person.email);
    const wrong = Array.from({ length: 12 }, (_, index) =>
      String((Number(code) + index + 1) % 1_000_000).padStart(6, '0'),
    );
    await Promise.all(wrong.map((guess) => reset(person.email, guess, 'a wholly new password')));
    expect(refused(await reset(person.email, code, 'a wholly new password'))).toEqual([400, 'code_invalid']);
    expect((await me(person.accessToken)).status).toBe(200);
  });

  test('is not replaced with an expired code', async () => {
    const person = await registerPerson(server);
    await forgot(person.email);
    const code = await mailedCode(server, person.email);
    await inDatabase(server, `UPDATE password_resets SET code_expires_at = now() WHERE user_id = $1`, [person.id]);
    expect(refused(await reset(person.email, code, 'a wholly new password'))).toEqual([400, 'code_invalid']);
  });

  test('says nothing about who has an account', async () => {
    const person = await registerPerson(server);
    const [known, unknown] = await Promise.all([forgot(person.email), forgot(`nobody-${person.email}`)]);
    expect([unknown.status, unknown.body]).toEqual([known.status, known.body]);
    expect(await mailsTo(server, `nobody-${person.email}`)).toEqual([]);
    expect(refused(await reset(`nobody-${person.email}`, '000000', 'a wholly new password'))).toEqual([
      400,
      'code_invalid',
    ]);
  });
});

describe('an access token', () => {
  test('is refused when it is missing, not ours, unsigned, or signed with another key or algorithm', async () => {
    const person = await registerPerson(server);
    const [, payload = ''] = person.accessToken.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    const [head = '', , signature = ''] = person.accessToken.split('.');
    const promoted = Buffer.from(JSON.stringify({ ...claims, role: 'admin' })).toString('base64url');
    const forged = [
      'nonsense',
      forge({ alg: 'none' }, claims),
      forge({ alg: 'HS256' }, claims, 'a key that the server does not know'),
      forge({ alg: 'HS256' }, claims, ''),
      `${head}.${promoted}.${signature}`,
    ];
    for (const token of forged) expect(refused(await me(token))).toEqual([401, 'unauthenticated']);
    expect(refused(await call(server, '/users/me'))).toEqual([401, 'unauthenticated']);
  });

  test('expires, survives a rotation of the keys, and dies with its key', async () => {
    const [first, second] = ['1'.repeat(32), '2'.repeat(32)];
    const rotating = await startServer({ JWT_SECRET: first });
    try {
      const person = await registerPerson(rotating);
      const status = async (): Promise<[number, string | undefined]> => {
        const { status, body } = await call<Partial<Refusal>>(rotating, '/users/me', {
          accessToken: person.accessToken,
        });
        return [status, body.code];
      };
      await rotating.stop();
      await rotating.restart({ JWT_SECRET: `${second},${first}`, ACCESS_TOKEN_SECONDS: '1' });
      expect(await status()).toEqual([200, undefined]);
      const body = { refreshToken: person.refreshToken };
      const short = await call<Tokens>(rotating, '/auth/refresh', { body });
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      const late = await call<Refusal>(rotating, '/users/me', { accessToken: short.body.accessToken });
      expect(refused(late)).toEqual([401, 'token_expired']);
      await rotating.stop();
      await rotating.restart({ JWT_SECRET: second });
      expect(await status()).toEqual([401, 'unauthenticated']);
    } finally {
      await rotating.destroy();
    }
  });
});
