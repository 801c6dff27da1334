import getPort from 'get-port';
import { inDatabase } from './support/database.js';
import { call } from './support/http.js';
import { registerPerson } from './support/people.js';
import { startServer, type TestServer } from './support/server.js';
import { Browser } from './support/sso/browser.js';
import { type Lies, type LyingProvider, startLyingProvider } from './support/sso/lying-provider.js';
import { type RealProvider, startProvider } from './support/sso/real-provider.js';
import { answerOf, isCallback, sessionOf } from './support/sso/sign-on.js';

const landing = (url: URL): string => `${url.pathname}${url.search}`;
const isSignedIn = (server: TestServer, browser: Browser): boolean =>
  browser.cookie(server.url, 'chatr_refresh') !== undefined;

describe('the answer of the provider', () => {
  let server: TestServer;
  let provider: RealProvider;

  beforeAll(async () => {
    const port = await getPort();
    provider = await startProvider(`http://127.0.0.1:${port}`);
    server = await startServer({ PORT: String(port), LOG_LEVEL: 'debug', ...provider.env });
    for (const account of ['ann', 'thief'])
      provider.accounts.set(account, { email: `${account}@example.test`, email_verified: true });
  });
  afterAll(async () => {
    await server.destroy();
    await provider.stop();
  });

  test('counts once', async () => {
    const browser = new Browser();
    const answer = await answerOf(server, 'ann', browser);
    expect(landing((await browser.open(answer)).url)).toBe('/chats');
    browser.forget(server.url, 'chatr_refresh');
    expect(landing((await browser.open(answer)).url)).toBe('/login?problem=sso_expired');
    expect(isSignedIn(server, browser)).toBe(false);
  });

  test('counts once, too, when it comes twice at the same moment', async () => {
    const browser = new Browser();
    const answer = await answerOf(server, 'ann', browser);
    const ends = await Promise.all([browser.open(answer), browser.open(answer)]);
    expect(ends.map(({ url }) => landing(url)).toSorted()).toEqual(['/chats', '/login?problem=sso_expired']);
  });

  test('is good in the browser that asked for it, and neither in another nor in one that has forgotten', async () => {
    const thief = new Browser();
    const answer = await answerOf(server, 'thief', thief);
    const victim = new Browser();
    await answerOf(server, 'ann', victim);
    expect(landing((await victim.open(answer)).url)).toBe('/login?problem=sso_expired');
    expect(landing((await new Browser().open(answer)).url)).toBe('/login?problem=sso_expired');
    expect([isSignedIn(server, victim), isSignedIn(server, thief)]).toEqual([false, false]);
    thief.forget(server.url, 'chatr_sso');
    expect(landing((await thief.open(answer)).url)).toBe('/login?problem=sso_expired');
  });

  test('is for ten minutes', async () => {
    const browser = new Browser();
    const answer = await answerOf(server, 'ann', browser);
    await inDatabase(server, `UPDATE sso_flows SET expires_at = now()`);
    expect(landing((await browser.open(answer)).url)).toBe('/login?problem=sso_expired');
    expect(isSignedIn(server, browser)).toBe(false);
  });

  test.each([
    ['no state', (answer: URL) => answer.searchParams.delete('state'), 'sso_expired'],
    ['another state', (answer: URL) => answer.searchParams.set('state', 'x'.repeat(43)), 'sso_expired'],
    ['two states', (answer: URL) => answer.searchParams.append('state', 'x'), 'sso_expired'],
    ['a state without an end', (answer: URL) => answer.searchParams.set('state', 'x'.repeat(5_000)), 'sso_expired'],
    ['no code', (answer: URL) => answer.searchParams.delete('code'), 'sso_failed'],
    ['two codes', (answer: URL) => answer.searchParams.append('code', 'x'), 'sso_failed'],
    ['an invented code', (answer: URL) => answer.searchParams.set('code', 'x'.repeat(43)), 'sso_failed'],
    ['no issuer', (answer: URL) => answer.searchParams.delete('iss'), 'sso_failed'],
    ['the issuer of another', (answer: URL) => answer.searchParams.set('iss', 'https://evil.test'), 'sso_failed'],
    ['a token in the address', (answer: URL) => answer.searchParams.set('id_token', 'x.y.z'), 'sso_failed'],
  ])('with %s leads nowhere', async (_what, change, code) => {
    const browser = new Browser();
    const answer = await answerOf(server, 'ann', browser);
    change(answer);
    expect(landing((await browser.open(answer)).url)).toBe(`/login?problem=${code}`);
    expect(isSignedIn(server, browser)).toBe(false);
  });

  test('takes no code that was given to another browser', async () => {
    const thief = new Browser();
    const stolen = await answerOf(server, 'ann', new Browser());
    const own = await answerOf(server, 'thief', thief);
    own.searchParams.set('code', stolen.searchParams.get('code') ?? '');
    expect(landing((await thief.open(own)).url)).toBe('/login?problem=sso_failed');
    expect(isSignedIn(server, thief)).toBe(false);
  });

  test('asks the provider with PKCE, a state and a nonce, and keeps none of them where strangers look', async () => {
    const browser = new Browser();
    const { url } = await browser.open(`${server.url}/api/auth/sso/start`, ({ origin }) => origin !== server.url);
    const asked = Object.fromEntries(url.searchParams);
    expect(asked).toMatchObject({
      response_type: 'code',
      client_id: 'chatr',
      code_challenge_method: 'S256',
      redirect_uri: `${server.url}/api/auth/sso/callback`,
    });
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked[name]).toMatch(/^[\w-]{43}$/);
    const { headers } = await call(server, '/auth/sso/start');
    expect(headers.getSetCookie().join()).toMatch(/^chatr_sso=[\w-]{43}; .*HttpOnly; SameSite=Lax$/);
    expect(headers.get('cache-control')).toBe('no-store');

    const answer = await answerOf(server, 'ann', browser);
    const { url: end } = await browser.open(answer);
    const { accessToken } = await sessionOf(server, browser);
    const logs = server.logs.join('\n');
    for (const secret of [answer.searchParams.get('code'), answer.searchParams.get('state'), accessToken]) {
      expect(logs).not.toContain(secret);
      expect(end.href).not.toContain(secret);
    }
  });
});

describe('a token of the provider', () => {
  let server: TestServer;
  let provider: LyingProvider;

  beforeAll(async () => {
    provider = await startLyingProvider();
    server = await startServer({ ...provider.env });
  });
  afterAll(async () => {
    await server.destroy();
    await provider.stop();
  });

  let count = 0;
  async function signOnWith(lies: Lies): Promise<{ end: string; browser: Browser }> {
    count++;
    const honest = { sub: `person-${count}`, email: `person-${count}@example.test` };
    provider.lies = { ...lies, claims: { ...honest, ...lies.claims } };
    const browser = new Browser();
    const { url } = await browser.open(`${server.url}/api/auth/sso/start`);
    return { end: landing(url), browser };
  }

  test('is believed when nothing is wrong with it, and when clocks differ a little', async () => {
    const now = Math.floor(Date.now() / 1000);
    expect((await signOnWith({})).end).toBe('/chats');
    expect((await signOnWith({ claims: { exp: now - 20 } })).end).toBe('/chats');
    expect((await signOnWith({ claims: { nbf: now + 20 } })).end).toBe('/chats');
  });

  const now = Math.floor(Date.now() / 1000);
  test.each<[string, Lies]>([
    ['is not signed', { signature: 'none' }],
    ['is signed with a key that is not the provider’s', { signature: 'foreign-key' }],
    ['is signed with what both know', { signature: 'secret' }],
    ['has another nonce', { claims: { nonce: 'x'.repeat(43) } }],
    ['has no nonce', { claims: { nonce: undefined } }],
    ['is for somebody else', { claims: { aud: 'another' } }],
    ['is by somebody else', { claims: { iss: 'https://evil.test' } }],
    ['has expired', { claims: { exp: now - 120 } }],
    ['is not good yet', { claims: { nbf: now + 120 } }],
    ['has no subject', { claims: { sub: undefined } }],
    ['has a subject without an end', { claims: { sub: 'x'.repeat(300) } }],
    ['has a subject that is no name', { claims: { sub: { toString: 'x' } } }],
    [
      'tells of another person than the userinfo endpoint',
      { claims: { sub: 'a', email: undefined }, userInfo: { sub: 'b' } },
    ],
    ['comes with an answer in another’s name', { answer: { iss: 'https://evil.test' } }],
    ['comes with a refusal', { tokenStatus: 400 }],
  ])('leads nowhere when it %s', async (_what, lies) => {
    const { end, browser } = await signOnWith(lies);
    expect(end).toBe('/login?problem=sso_failed');
    expect(isSignedIn(server, browser)).toBe(false);
  });

  test('is not there while the provider is ill', async () => {
    expect((await signOnWith({ tokenStatus: 502 })).end).toBe('/login?problem=unavailable');
    expect((await signOnWith({ answer: { error: 'temporarily_unavailable' } })).end).toBe('/login?problem=unavailable');
  });

  test('does not put one address and another’s being verified together', async () => {
    const person = await registerPerson(server);
    const { end } = await signOnWith({
      claims: { email: person.email, email_verified: undefined },
      userInfo: { email: 'mine@example.test', email_verified: false },
    });
    expect(end).toBe('/login?problem=sso_unverified');
  });

  test('may hold anything where a name is expected', async () => {
    const { end, browser } = await signOnWith({
      claims: { name: ['x'], preferred_username: { a: 1 }, given_name: '\u202E\u0007', family_name: 7 },
    });
    expect(end).toBe('/chats');
    const { user } = await sessionOf(server, browser);
    expect(user).toMatchObject({ username: `person-${count}`, displayName: `person-${count}` });
  });

  test('stays between the server and the provider: the browser carries a code', async () => {
    provider.lies = { claims: { sub: 'carrier', email: 'carrier@example.test' } };
    const { url } = await new Browser().open(`${server.url}/api/auth/sso/start`, isCallback);
    expect([...url.searchParams.keys()].toSorted()).toEqual(['code', 'iss', 'state']);
  });
});
