import { inDatabase } from './support/database.js';
import { type Answer, ask, call } from './support/http.js';
import { mailedCode, mailsTo, newRegistration, type Person, registerPerson } from './support/people.js';
import { ELSEWHERE, type Headers, logIn, type LoginAnswer, protect, verify } from './support/second-step.js';
import { startServer, type TestServer } from './support/server.js';

interface Listed {
  items: { id: string; current: boolean; device: string; place: string; address: string }[];
}

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
/** What a browser sends from a page of ours. */
const BROWSER: Headers = { 'user-agent': FIREFOX, 'sec-fetch-site': 'same-origin' };

let server: TestServer;

beforeAll(async () => {
  // The tests play several addresses, which only a believed proxy may name.
  server = await startServer({ TRUST_PROXY: 'loopback' });
});
afterAll(() => server.destroy());

const isIn = ({ body }: Answer<LoginAnswer>): boolean => 'accessToken' in body;
const newDeviceMails = async (person: Person): Promise<string[]> =>
  (await mailsTo(server, person.email)).filter(({ subject }) => subject === 'New device').map(({ text }) => text);

/** The cookies that an answer sets, as a browser would send them back. */
function cookiesOf(answer: Answer<unknown>): Record<string, string> {
  const pairs = answer.headers.getSetCookie().map((header) => (header.split(';')[0] ?? '').split('='));
  return Object.fromEntries(pairs.map(([name = '', value = '']) => [name, value]));
}

const withDevice = (token: string | undefined): Headers => ({ ...BROWSER, cookie: `chatr_device=${token ?? ''}` });

/** Logs a browser in that the account does not know. Answers with the cookies it has from then on. */
async function newBrowser(person: Person, headers: Headers = BROWSER): Promise<Record<string, string>> {
  const before = await mailedCode(server, person.email);
  const { challenge } = (await logIn(server, person, headers)).body;
  const code = await mailedCode(server, person.email, before);
  const body = { challengeId: challenge.id, method: 'email', code, cookie: true };
  return cookiesOf(await call(server, '/auth/login/verify', { body, headers }));
}

describe('a device', () => {
  test('that registered may log in again with the password alone, and nobody is mailed', async () => {
    const person = await registerPerson(server);
    expect(isIn(await logIn(server, person))).toBe(true);
    expect(await newDeviceMails(person)).toEqual([]);
  });

  test.each([
    ['of another name', ELSEWHERE],
    ['at another address', { 'x-forwarded-for': '192.0.2.77' }],
    ['that is a browser without its cookie', { 'user-agent': 'node', 'sec-fetch-site': 'same-origin' }],
  ])('%s is asked for a code, and the owner is told', async (_name, headers: Headers) => {
    const person = await registerPerson(server);
    const before = await mailedCode(server, person.email);
    const { challenge } = (await logIn(server, person, headers)).body;
    expect(challenge.methods).toEqual(['email']);
    expect(await newDeviceMails(person)).toEqual([]);
    const code = await mailedCode(server, person.email, before);
    expect((await verify(server, challenge.id, 'email', code, headers)).status).toBe(200);
    const [text] = await newDeviceMails(person);
    expect(text).toMatch(/Device: .+\. Address: .+\. Time: \d{4}-\d\d-\d\d \d\d:\d\d UTC\./);
    expect(text).toContain(`${server.url}/forgot-password`);
  });

  test('is forgotten after ninety days without use', async () => {
    const person = await registerPerson(server);
    await inDatabase(server, `UPDATE sessions SET last_used_at = now() - interval '91 days' WHERE user_id = $1`, [
      person.id,
    ]);
    expect((await logIn(server, person)).body.challenge.methods).toEqual(['email']);
  });

  test('whose session the owner ended is asked again', async () => {
    const person = await registerPerson(server);
    const cookies = await newBrowser(person);
    const headers = withDevice(cookies['chatr_device']);
    expect(isIn(await logIn(server, person, headers))).toBe(true);
    await call(server, '/auth/sessions', { method: 'DELETE', accessToken: person.accessToken });
    expect((await logIn(server, person, headers)).body.challenge.methods).toEqual(['email']);
  });
});

describe('the cookie of a device', () => {
  test('is out of reach of scripts and other sites, and means nothing to the database', async () => {
    const registration = newRegistration();
    await call(server, '/auth/register', { body: registration });
    const code = await mailedCode(server, registration.email);
    const body = { email: registration.email, code, cookie: true };
    const answer = await call<{ user: { id: string } }>(server, '/auth/verify-email', { body, headers: BROWSER });
    const header = answer.headers.getSetCookie().find((cookie) => cookie.startsWith('chatr_device='));
    expect(header).toMatch(/^chatr_device=[\w-]{43}; Max-Age=\d+; Path=\/api\/auth; .*HttpOnly; SameSite=Strict$/);
    const token = cookiesOf(answer)['chatr_device'] ?? '';
    const [row] = await inDatabase<{ row: string }>(
      server,
      `SELECT s::text AS row FROM sessions s WHERE user_id = $1`,
      [answer.body.user.id],
    );
    expect(row?.row).not.toContain(token);
    expect(row?.row).not.toContain(Buffer.from(token, 'base64url').toString('hex'));
  });

  test('lets the browser in from anywhere, and another browser with it not into another account', async () => {
    const [ann, bob] = [await registerPerson(server), await registerPerson(server)];
    const cookies = await newBrowser(ann);
    const headers = { ...withDevice(cookies['chatr_device']), 'x-forwarded-for': '192.0.2.88' };
    expect(isIn(await logIn(server, ann, headers))).toBe(true);
    expect(isIn(await logIn(server, bob, headers))).toBe(false);
  });

  test('knows everybody who shares the browser', async () => {
    const [ann, bob] = [await registerPerson(server), await registerPerson(server)];
    const hers = await newBrowser(ann);
    const both = await newBrowser(bob, withDevice(hers['chatr_device']));
    const headers = withDevice(both['chatr_device']);
    expect(isIn(await logIn(server, ann, headers))).toBe(true);
    expect(isIn(await logIn(server, bob, headers))).toBe(true);
  });

  test('that somebody planted is not known by the account afterwards', async () => {
    const [attacker, victim] = [await registerPerson(server), await registerPerson(server)];
    const planted = (await newBrowser(attacker))['chatr_device'];
    await newBrowser(victim, withDevice(planted));
    expect(isIn(await logIn(server, victim, withDevice(planted)))).toBe(false);
  });

  test.each(['', '.', 'x', 'A'.repeat(43), 'A'.repeat(4_000), `${'A'.repeat(43)}.`.repeat(50)])(
    '%# of nonsense is no device',
    async (nonsense) => {
      const person = await registerPerson(server);
      expect((await logIn(server, person, withDevice(nonsense))).body.challenge.methods).toEqual(['email']);
    },
  );
});

test('a refresh cookie that was planted before log-in never becomes the session', async () => {
  const [attacker, victim] = [await registerPerson(server), await registerPerson(server)];
  const planted = (await newBrowser(attacker))['chatr_refresh'] ?? '';
  await newBrowser(victim);
  const answer = await logIn(server, victim, { cookie: `chatr_refresh=${planted}` }, { cookie: true });
  const own = cookiesOf(answer)['chatr_refresh'] ?? '';
  expect(own).not.toBe('');
  expect(own).not.toBe(planted);
  const whoIs = async (token: string): Promise<string> => {
    const headers = { cookie: `chatr_refresh=${token}` };
    return (await ask<{ user: { id: string } }>(server, '/auth/refresh', { method: 'POST', headers })).user.id;
  };
  expect(await whoIs(planted)).toBe(attacker.id);
  expect(await whoIs(own)).toBe(victim.id);
});

test('the list of sessions says what and where, as the proxy tells', async () => {
  const person = await registerPerson(server);
  const headers = { ...BROWSER, 'cloudfront-viewer-city': 'Lyon', 'cloudfront-viewer-country-name': 'France' };
  await newBrowser(person, { ...headers, 'x-forwarded-for': '192.0.2.99' });
  const { items } = await ask<Listed>(server, '/auth/sessions', { accessToken: person.accessToken });
  expect(items.find(({ current }) => !current)).toMatchObject({
    device: 'Firefox on Windows',
    place: 'Lyon, France',
    address: '192.0.2.99',
  });
  const [text] = await newDeviceMails(person);
  expect(text).toContain('Device: Firefox on Windows. Place: Lyon, France. Address: 192.0.2.99.');
});

describe('with other settings', () => {
  afterEach(async () => {
    await server.stop();
    await server.restart();
  });

  test('LOGIN_VERIFICATION=off asks for nothing but an app, and still tells the owner of a new device', async () => {
    await server.stop();
    await server.restart({ LOGIN_VERIFICATION: 'off', TRUST_PROXY: undefined });
    const person = await registerPerson(server);
    const headers = { ...ELSEWHERE, 'cf-ipcountry': 'FR' };
    expect(isIn(await logIn(server, person, headers))).toBe(true);
    // No proxy is believed here.
    expect((await newDeviceMails(person))[0]).not.toContain('Place');
    await protect(server, person);
    expect((await logIn(server, person)).body.challenge.methods).toEqual(['totp', 'recovery']);
  });

  test('LOGIN_VERIFICATION=always asks known devices, too, and tells nobody of them', async () => {
    await server.stop();
    await server.restart({ LOGIN_VERIFICATION: 'always' });
    const person = await registerPerson(server);
    const before = await mailedCode(server, person.email);
    const { challenge } = (await logIn(server, person)).body;
    const code = await mailedCode(server, person.email, before);
    expect((await verify(server, challenge.id, 'email', code)).status).toBe(200);
    expect(await newDeviceMails(person)).toEqual([]);
  });
});
