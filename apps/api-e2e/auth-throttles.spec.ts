import { type Answer, call } from './support/http.js';
import { startNodes } from './support/nodes.js';
import { mailedCode, newRegistration, registerPerson } from './support/people.js';
import { appCode, logIn, protect, verify, wrongCode } from './support/second-step.js';
import { type Environment, startServer, type TestServer } from './support/server.js';

interface Refusal {
  code: string;
  retryAfter?: number;
}

let server: TestServer;

beforeAll(async () => {
  // The tests play several addresses, which only a believed proxy may name; no two tests play the same.
  server = await startServer({ RATE_LIMITS: 'on', TRUST_PROXY: 'loopback' });
});
afterAll(() => server.destroy());

const from = (address: string, path: string, body: unknown): Promise<Answer<Refusal>> =>
  call(server, path, { body, headers: { 'x-forwarded-for': address } });
const login = (address: string, identifier: string, password: string): Promise<Answer<Refusal>> =>
  from(address, '/auth/login', { identifier, password });

test('guessing a password from one address is stopped there, and the owner elsewhere is not', async () => {
  const person = await registerPerson(server);
  for (let attempt = 0; attempt < 10; attempt++) {
    expect((await login('192.0.2.1', person.email, 'not the password')).body.code).toBe('credentials_invalid');
  }
  const stopped = await login('192.0.2.1', person.email, person.password);
  expect([stopped.status, stopped.body.code]).toEqual([429, 'rate_limited']);
  expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await login('198.51.100.7', person.email, person.password)).status).toBe(200);
});

test('an address that is part of one network counts as that network', async () => {
  const person = await registerPerson(server);
  for (let attempt = 0; attempt < 10; attempt++) {
    await login(`2001:db8:0:1::${attempt + 1}`, person.email, 'not the password');
  }
  expect((await login('2001:db8:0:1:ffff::1', person.email, person.password)).status).toBe(429);
  expect((await login('2001:db8:0:2::1', person.email, person.password)).status).toBe(200);
});

test('guessing from everywhere is stopped too, for minutes only', async () => {
  const person = await registerPerson(server);
  for (let attempt = 0; attempt < 50; attempt++) {
    await login(`203.0.113.${attempt}`, person.email, 'not the password');
  }
  const stopped = await login('198.51.100.8', person.email, person.password);
  expect(stopped.body.code).toBe('rate_limited');
  expect(stopped.body.retryAfter).toBeLessThanOrEqual(300);
});

test('a log-in that succeeds forgets the failures before it', async () => {
  const person = await registerPerson(server);
  for (let round = 0; round < 3; round++) {
    for (let attempt = 0; attempt < 6; attempt++) await login('192.0.2.2', person.email, 'not the password');
    expect((await login('192.0.2.2', person.email, person.password)).status).toBe(200);
  }
});

test('asking for mails is bounded in the same way for addresses that exist and that do not', async () => {
  const person = await registerPerson(server);
  for (const path of ['/auth/forgot-password', '/auth/resend-code']) {
    const statuses: number[][] = [];
    for (const email of [person.email, newRegistration().email]) {
      const answers: number[] = [];
      for (let attempt = 0; attempt < 8; attempt++)
        answers.push((await from(`192.0.2.${path.length}`, path, { email })).status);
      statuses.push(answers);
    }
    expect(statuses[0]).toEqual(statuses[1]);
    expect(statuses[0]?.at(-1)).toBe(429);
  }
});

test('registering one address over and over, and many from one place, is stopped', async () => {
  const draft = newRegistration();
  const answers: number[] = [];
  for (let attempt = 0; attempt < 6; attempt++) {
    answers.push(
      (await from('192.0.2.20', '/auth/register', { ...draft, username: `${draft.username}${attempt}` })).status,
    );
  }
  expect(answers).toEqual([201, 201, 201, 201, 201, 429]);
});

test('guessing codes is stopped', async () => {
  const draft = newRegistration();
  await from('192.0.2.30', '/auth/register', draft);
  const codes: string[] = [];
  for (let attempt = 0; attempt < 16; attempt++) {
    codes.push((await from('192.0.2.30', '/auth/verify-email', { email: draft.email, code: '000000' })).body.code);
  }
  expect(codes.at(-1)).toBe('rate_limited');
});

test('a browser in which the owner logged in before is not locked out by who guesses elsewhere, and is bounded itself', async () => {
  const person = await registerPerson(server);
  const body = { identifier: person.username, password: person.password, cookie: true };
  const first = await call(server, '/auth/login', { body });
  const cookie = first.headers
    .getSetCookie()
    .map((header) => header.split(';')[0] ?? '')
    .find((one) => one.startsWith('chatr_browser='));
  expect(cookie).toBeDefined();
  for (const identifier of [person.username, person.email]) {
    for (let attempt = 0; attempt < 50; attempt++)
      await login(`203.0.113.${attempt + 100}`, identifier, 'not the password');
    expect((await login('198.51.100.61', identifier, person.password)).status).toBe(429);
    const known = { 'x-forwarded-for': '198.51.100.62', cookie: cookie ?? '' };
    const own = { identifier, password: person.password };
    expect((await call(server, '/auth/login', { body: own, headers: known })).status).toBe(200);
    // A proof is for the account that it was made for.
    const other = await registerPerson(server);
    for (let attempt = 0; attempt < 50; attempt++)
      await login(`203.0.113.${attempt + 100}`, other.email, 'not the password');
    const foreign = { identifier: other.email, password: other.password };
    expect((await call(server, '/auth/login', { body: foreign, headers: known })).status).toBe(429);
    const altered = (cookie ?? '').replace('=', '=x');
    for (const invented of [altered, 'chatr_browser=x.y', 'chatr_browser=', `chatr_browser=${'A'.repeat(190)}`]) {
      const forged = { ...known, cookie: invented };
      expect((await call(server, '/auth/login', { body: own, headers: forged })).status).toBe(429);
    }
  }
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 12; attempt++) {
    const guess = { identifier: person.username, password: 'not the password' };
    const from = { 'x-forwarded-for': `198.51.100.${100 + attempt}`, cookie: cookie ?? '' };
    statuses.push((await call(server, '/auth/login', { body: guess, headers: from })).status);
  }
  expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429, 429]);
});

describe('who forges the header that a proxy writes', () => {
  /** What comes of guesses whose header names another address each time, behind what a real proxy adds. */
  async function guesses(env: Environment, headerOf: (attempt: number) => string): Promise<number[]> {
    const own = await startServer({ RATE_LIMITS: 'on', ...env });
    try {
      const { email } = await registerPerson(own);
      const statuses: number[] = [];
      for (let attempt = 0; attempt < 11; attempt++) {
        const body = { identifier: email, password: 'not the password' };
        const headers = { 'x-forwarded-for': headerOf(attempt) };
        statuses.push((await call(own, '/auth/login', { body, headers })).status);
      }
      return statuses;
    } finally {
      await own.destroy();
    }
  }
  const stopped = [...Array.from({ length: 10 }, () => 401), 429];

  test('gains nothing where no proxy is believed', async () => {
    expect(await guesses({}, (attempt) => `192.0.2.${attempt}`)).toEqual(stopped);
  });

  test('gains nothing by writing more into it than the one proxy adds', async () => {
    expect(await guesses({ TRUST_PROXY: '1' }, (attempt) => `192.0.2.${attempt}, 198.51.100.7`)).toEqual(stopped);
    expect(await guesses({ TRUST_PROXY: '1' }, (attempt) => `nonsense${attempt}, ::ffff:198.51.100.7`)).toEqual(
      stopped,
    );
  });

  test('gains nothing behind two proxies, nor behind one that is named', async () => {
    const two = (attempt: number): string => `192.0.2.${attempt}, 198.51.100.7, 10.0.0.1`;
    expect(await guesses({ TRUST_PROXY: '2' }, two)).toEqual(stopped);
    expect(await guesses({ TRUST_PROXY: 'loopback,10.0.0.1' }, two)).toEqual(stopped);
  });
});

test('guesses on several nodes are counted together', async () => {
  const nodes = await startNodes(2, { RATE_LIMITS: 'on', TRUST_PROXY: 'loopback' });
  try {
    const [one, two] = nodes.nodes;
    if (one === undefined || two === undefined) throw new Error('there are not two nodes');
    const { email } = await registerPerson(one);
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 11; attempt++) {
      const body = { identifier: email, password: 'not the password' };
      const answer = await call(attempt % 2 === 0 ? one : two, '/auth/login', { body });
      statuses.push(answer.status);
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429]);
  } finally {
    await nodes.destroy();
  }
});

test('somebody who looks for everybody is slowed down, and told for how long', async () => {
  const person = await registerPerson(server);
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 121; attempt++) {
    const answer = await call<Refusal>(server, `/users?query=${attempt}`, { accessToken: person.accessToken });
    statuses.push(answer.status);
    if (answer.status === 429) expect(Number(answer.headers.get('retry-after'))).toBe(answer.body.retryAfter);
  }
  expect([statuses.filter((status) => status === 200).length, statuses.at(-1)]).toEqual([120, 429]);
});

test('guessing the codes of an app from everywhere is stopped, though the password is known', async () => {
  const person = await registerPerson(server);
  const { secret } = await protect(server, person);
  const codes: string[] = [];
  for (let attempt = 0; attempt < 40; attempt++) {
    // A new log-in each time, from another address each time: neither begins the count anew.
    const headers = { 'x-forwarded-for': `198.51.100.${attempt + 20}` };
    const { challenge } = (await logIn(server, person, headers)).body;
    codes.push((await verify(server, challenge.id, 'totp', wrongCode(secret), headers)).body.code);
  }
  expect(codes.slice(0, 25)).toEqual(Array.from({ length: 25 }, () => 'code_invalid'));
  expect(codes.at(-1)).toBe('rate_limited');
  const headers = { 'x-forwarded-for': '203.0.113.200' };
  const { challenge } = (await logIn(server, person, headers)).body;
  const right = await verify(server, challenge.id, 'totp', appCode(secret), headers);
  expect([right.status, right.body.code]).toEqual([429, 'rate_limited']);
});

test('having log-in codes mailed over and over is stopped', async () => {
  const person = await registerPerson(server);
  await mailedCode(server, person.email);
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 8; attempt++) {
    const headers = { 'x-forwarded-for': '192.0.2.40', 'user-agent': 'another program' };
    statuses.push((await logIn(server, person, headers)).status);
  }
  expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 429, 429]);
});
