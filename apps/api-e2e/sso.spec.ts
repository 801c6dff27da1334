import { randomBytes } from 'node:crypto';
import getPort from 'get-port';
import { inDatabase } from './support/database.js';
import { ask, call } from './support/http.js';
import { mailedCode, mailsTo, newRegistration, registerPerson } from './support/people.js';
import { startServer, type TestServer } from './support/server.js';
import { Browser } from './support/sso/browser.js';
import { type ProviderClaims, type RealProvider, startProvider } from './support/sso/real-provider.js';
import { goToProvider, sessionOf, signedOn, signOn } from './support/sso/sign-on.js';

interface Refusal {
  code: string;
}
interface Identities {
  items: { id: string; issuer: string; label: string; linkedAt: string; lastUsedAt: string | null }[];
}

let server: TestServer;
let provider: RealProvider;

beforeAll(async () => {
  const port = await getPort();
  provider = await startProvider(`http://127.0.0.1:${port}`);
  const roles = { OIDC_ROLE_CLAIM: 'groups', OIDC_ADMIN_VALUES: 'chatr-admins, owners' };
  server = await startServer({ PORT: String(port), ADMIN_EMAIL: 'boss@example.test', ...provider.env, ...roles });
  await registerPerson(server, { email: 'boss@example.test' });
});
afterAll(async () => {
  await server.destroy();
  await provider.stop();
});

/** Somebody whom the provider knows, under a name that nobody else has. */
function known(claims: ProviderClaims = {}): string {
  const account = `s${randomBytes(6).toString('hex')}`;
  const said = {
    email: `${account}@example.test`,
    email_verified: true,
    name: 'Zoë Müller',
    preferred_username: account,
  };
  provider.accounts.set(account, { ...said, ...claims });
  return account;
}

const landing = (url: URL): string => `${url.pathname}${url.search}`;
const events = (subject: string): Promise<{ action: string; details: Record<string, unknown> }[]> =>
  inDatabase(server, `SELECT action, details FROM audit_events WHERE subject_id = $1 ORDER BY id`, [subject]);

/** The people whose address this is; there is at most one. */
const owners = (email: string): Promise<{ id: string }[]> =>
  inDatabase(server, `SELECT id FROM users WHERE email = $1`, [email]);

describe('somebody new', () => {
  test('comes in with the provider’s page, and has an account named as there', async () => {
    const account = known();
    const browser = new Browser();
    expect(landing(await signOn(server, account, { browser }))).toBe('/chats');
    const { user, accessToken } = await sessionOf(server, browser);
    expect(user).toMatchObject({
      username: account,
      displayName: 'Zoë Müller',
      email: `${account}@example.test`,
      role: 'user',
    });
    expect((await call(server, '/users/me', { accessToken })).status).toBe(200);
    const recorded = await events(user.id);
    expect(recorded.map(({ action }) => action)).toEqual(['account.registered', 'identity.linked', 'login.succeeded']);
    expect(recorded[0]?.details).toEqual({ method: 'single-sign-on', role: 'user', invited: false });
    expect(recorded[1]?.details).toEqual({ issuer: provider.issuer, by: 'registration' });
    expect(recorded[2]?.details).toMatchObject({ method: 'single-sign-on' });
  });

  test('is the same person the next time, whatever the address is by then', async () => {
    const account = known();
    const first = await signedOn(server, account);
    provider.accounts.set(account, { email: 'another@example.test', email_verified: true });
    const second = await signedOn(server, account);
    expect([second.user.id, second.user.email]).toEqual([first.user.id, first.user.email]);
  });

  test('gets a username that is free and allowed', async () => {
    const taken = await registerPerson(server);
    const first = await signedOn(server, known({ preferred_username: taken.username }));
    expect(first.user.username).not.toBe(taken.username);
    const { user } = await signedOn(server, known({ preferred_username: 'Admin' }));
    expect(user.username).not.toMatch(/admin/);
  });

  test('has one account after coming back in two windows at the same moment', async () => {
    const account = known();
    const [one, two] = [new Browser(), new Browser()];
    const pages = await Promise.all([one, two].map((browser) => goToProvider(server, browser)));
    const urls = await Promise.all(
      [one, two].map(async (browser, index) => {
        const page = pages[index];
        if (page === undefined) throw new Error('no page');
        return (await browser.submit(page, { account, answer: 'yes' })).url;
      }),
    );
    expect(urls.map(landing)).toEqual(['/chats', '/chats']);
    const sessions = await Promise.all([one, two].map((browser) => sessionOf(server, browser)));
    expect(new Set(sessions.map(({ user }) => user.id)).size).toBe(1);
    expect(await owners(`${account}@example.test`)).toHaveLength(1);
  });

  test('has no password until they choose one with a mailed code', async () => {
    const account = known();
    const { user } = await signedOn(server, account);
    const login = (password: string): Promise<{ status: number }> =>
      call(server, '/auth/login', { body: { identifier: user.email, password } });
    for (const password of ['!', ' ', 'correct horse battery staple']) expect((await login(password)).status).toBe(401);
    await ask(server, '/auth/forgot-password', { body: { email: user.email } });
    const code = await mailedCode(server, user.email);
    await ask(server, '/auth/reset-password', { body: { email: user.email, code, password: 'a wholly new password' } });
    expect((await login('a wholly new password')).status).toBe(200);
  });

  test.each([
    ['no address', { email: undefined }],
    ['an address that nobody has verified', { email_verified: false }],
    ['an address of which it is not said', { email_verified: undefined }],
    ['an address that is verified in a way of its own', { email_verified: 'true' }],
  ])('is told so when the provider has %s', async (_what, claims) => {
    const browser = new Browser();
    expect(landing(await signOn(server, known(claims), { browser }))).toBe('/login?problem=sso_unverified');
    expect(browser.cookie(server.url, 'chatr_refresh')).toBeUndefined();
  });
});

describe('somebody with an account', () => {
  test('gets into it by its verified address, is told so by mail, and keeps the password', async () => {
    const person = await registerPerson(server);
    const { user } = await signedOn(server, known({ email: person.email.toUpperCase() }));
    expect(user.id).toBe(person.id);
    expect((await mailsTo(server, person.email)).map(({ subject }) => subject)).toContain(
      'Your account is linked with Example',
    );
    expect((await events(person.id)).map(({ action }) => action)).toContain('identity.linked');
    const body = { identifier: person.email, password: person.password };
    expect((await call(server, '/auth/login', { body })).status).toBe(200);
  });

  test('is safe from whoever types their address at the provider without its being theirs', async () => {
    const person = await registerPerson(server);
    const thief = known({ email: person.email, email_verified: false });
    expect(landing(await signOn(server, thief))).toBe('/login?problem=sso_unverified');
    const { items } = await ask<Identities>(server, '/auth/sso/identities', { accessToken: person.accessToken });
    expect(items).toEqual([]);
  });

  test('is safe from whoever is given their address at the provider later', async () => {
    const email = `${newRegistration().username}@example.test`;
    const { user } = await signedOn(server, known({ email }));
    const successor = known({ email });
    const browser = new Browser();
    expect(landing(await signOn(server, successor, { browser }))).toBe('/login?problem=sso_conflict');
    expect(browser.cookie(server.url, 'chatr_refresh')).toBeUndefined();
    expect((await owners(email)).map(({ id }) => id)).toEqual([user.id]);
  });

  test('stays out while they are suspended, with a linked identity and before', async () => {
    const person = await registerPerson(server);
    const linked = known();
    const { user } = await signedOn(server, linked);
    await inDatabase(server, `UPDATE users SET suspended_at = now() WHERE id = ANY($1)`, [[person.id, user.id]]);
    expect(landing(await signOn(server, linked))).toBe('/login?problem=account_suspended');
    expect(landing(await signOn(server, known({ email: person.email })))).toBe('/login?problem=account_suspended');
    const refused = await inDatabase(server, `SELECT details FROM audit_events WHERE action = 'login.failed'`);
    expect(JSON.stringify(refused)).toContain('account_suspended');
  });

  test('links an identity in the settings with the password, and unlinks it', async () => {
    const person = await registerPerson(server);
    const account = known({ email: 'quite.another@example.test' });
    const browser = new Browser();
    const { accessToken } = person;
    const wrong = { body: { password: 'not the password' }, accessToken };
    expect((await call<Refusal>(server, '/auth/sso/link', wrong)).body.code).toBe('credentials_invalid');

    const begun = await call<{ url: string }>(server, '/auth/sso/link', {
      body: { password: person.password },
      accessToken,
    });
    const [, secret = ''] = /chatr_sso=([^;]+)/.exec(begun.headers.getSetCookie().join()) ?? [];
    browser.setCookie(server.url, 'chatr_sso', secret);
    const page = await browser.open(begun.body.url);
    const { url } = await browser.submit(page, { account, answer: 'yes' });
    expect(landing(url)).toBe('/settings/security?sso=linked');
    expect(browser.cookie(server.url, 'chatr_refresh')).toBeUndefined();

    const { items } = await ask<Identities>(server, '/auth/sso/identities', { accessToken });
    expect(items).toMatchObject([{ issuer: provider.issuer, label: 'quite.another@example.test', lastUsedAt: null }]);
    expect((await mailsTo(server, person.email))[0]?.subject).toBe('Your account is linked with Example');
    expect((await signedOn(server, account)).user.id).toBe(person.id);
    const again = { body: { password: person.password }, accessToken };
    expect((await call<Refusal>(server, '/auth/sso/link', again)).body.code).toBe('conflict');

    const path = `/auth/sso/identities/${items[0]?.id ?? ''}`;
    const stranger = await registerPerson(server);
    const theirs = await call(server, path, { method: 'DELETE', accessToken: stranger.accessToken });
    expect(theirs.status).toBe(404);
    expect((await call(server, path, { method: 'DELETE', accessToken })).status).toBe(204);
    expect((await call(server, path, { method: 'DELETE', accessToken })).status).toBe(404);
    expect((await events(person.id)).map(({ action }) => action)).toContain('identity.unlinked');
  });

  test('cannot link what is somebody else’s, nor unlink the only way in', async () => {
    const account = known();
    const { user, accessToken } = await signedOn(server, account);
    const person = await registerPerson(server);
    const begun = await call<{ url: string }>(server, '/auth/sso/link', {
      body: { password: person.password },
      accessToken: person.accessToken,
    });
    const browser = new Browser();
    const [, secret = ''] = /chatr_sso=([^;]+)/.exec(begun.headers.getSetCookie().join()) ?? [];
    browser.setCookie(server.url, 'chatr_sso', secret);
    const page = await browser.open(begun.body.url);
    const { url } = await browser.submit(page, { account, answer: 'yes' });
    expect(landing(url)).toBe('/settings/security?problem=sso_conflict');
    expect((await signedOn(server, account)).user.id).toBe(user.id);

    const { items } = await ask<Identities>(server, '/auth/sso/identities', { accessToken });
    const path = `/auth/sso/identities/${items[0]?.id ?? ''}`;
    const refused = await call<Refusal>(server, path, { method: 'DELETE', accessToken });
    expect([refused.status, refused.body.code]).toEqual([409, 'conflict']);
    expect((await signedOn(server, account)).user.id).toBe(user.id);
    await inDatabase(
      server,
      `INSERT INTO passkeys (id, user_id, credential_id, public_key, counter, synced, transports, name)
       VALUES ($1::uuid, $1::uuid, $1::uuid::text, '', 0, true, '{}', 'key')`,
      [user.id],
    );
    expect((await call(server, path, { method: 'DELETE', accessToken })).status).toBe(204);
  });

  test('links nothing once the session that began it has ended', async () => {
    const person = await registerPerson(server);
    const begun = await call<{ url: string }>(server, '/auth/sso/link', {
      body: { password: person.password },
      accessToken: person.accessToken,
    });
    await ask(server, '/auth/logout', { method: 'POST', accessToken: person.accessToken });
    const browser = new Browser();
    const [, secret = ''] = /chatr_sso=([^;]+)/.exec(begun.headers.getSetCookie().join()) ?? [];
    browser.setCookie(server.url, 'chatr_sso', secret);
    const page = await browser.open(begun.body.url);
    const { url } = await browser.submit(page, { account: known(), answer: 'yes' });
    expect(landing(url)).toBe('/settings/security?problem=session_ended');
  });

  test('takes their identity along, and leaves nothing of it behind', async () => {
    const person = await registerPerson(server);
    const account = known({ email: person.email });
    expect((await signedOn(server, account)).user.id).toBe(person.id);
    const { password, accessToken } = person;
    await ask(server, '/users/me', { method: 'DELETE', body: { password }, accessToken });
    expect(await inDatabase(server, `SELECT 1 FROM identities WHERE user_id = $1`, [person.id])).toEqual([]);
    expect((await signedOn(server, account)).user.id).not.toBe(person.id);
  });
});

test('a browser is known again, although it brings no cookie of ours back from the provider', async () => {
  const account = known();
  const browser = new Browser();
  const { user } = await signedOn(server, account, browser);
  const warnings = async (): Promise<number> => {
    const mails = await mailsTo(server, user.email);
    return mails.filter(({ subject }) => subject === 'New device').length;
  };
  await signedOn(server, account, browser);
  expect(await warnings()).toBe(0);
  await signedOn(server, account, new Browser());
  expect(await warnings()).toBe(1);
});

describe('roles by claim', () => {
  test('make an administrator at one sign-in, and none at the next', async () => {
    const account = known({ groups: ['staff'] });
    const role = async (groups: unknown): Promise<string> => {
      provider.accounts.set(account, { ...provider.accounts.get(account), groups });
      return (await signedOn(server, account)).user.role;
    };
    expect(await role(['staff'])).toBe('user');
    expect(await role(['staff', 'owners'])).toBe('admin');
    expect(await role('chatr-admins')).toBe('admin');
    expect(await role(['staff'])).toBe('user');
    expect(await role(['owners'])).toBe('admin');
    expect(await role(undefined)).toBe('user');
    const { user } = await signedOn(server, account);
    const changes = (await events(user.id)).filter(({ action }) => action === 'role.changed');
    expect(changes.map(({ details }) => details['to'])).toEqual(['admin', 'user', 'admin', 'user']);
  });

  test('hold for the sessions that the person has already', async () => {
    const account = known({ groups: ['owners'] });
    const { accessToken } = await signedOn(server, account);
    const administrate = (): Promise<{ status: number }> => call(server, '/admin/users', { accessToken });
    expect((await administrate()).status).toBe(200);
    provider.accounts.set(account, { ...provider.accounts.get(account), groups: [] });
    await signedOn(server, account);
    expect((await administrate()).status).toBe(403);
  });

  test('make a newcomer an administrator at once', async () => {
    expect((await signedOn(server, known({ groups: ['owners'] }))).user.role).toBe('admin');
  });

  test('never take the last administrator away', async () => {
    await inDatabase(server, `UPDATE users SET role = 'user' WHERE email <> 'boss@example.test'`);
    const boss = known({ email: 'boss@example.test', groups: [] });
    expect((await signedOn(server, boss)).user.role).toBe('admin');
    await signedOn(server, known({ groups: ['owners'] }));
    expect((await signedOn(server, boss)).user.role).toBe('user');
  });
});

test('what people see before they sign in says how they can', async () => {
  expect(await ask(server, '/server')).toMatchObject({ sso: { name: 'Example', only: false } });
});

test('who was on the way somewhere gets there, and nowhere else', async () => {
  const account = known();
  expect(landing(await signOn(server, account, { next: '/chats/1?at=2' }))).toBe('/chats/1?at=2');
  for (const next of [
    'https://evil.test',
    '//evil.test',
    '/\\evil.test',
    '/\t/evil.test',
    '/.//evil.test',
    '/api/docs',
  ]) {
    const url = await signOn(server, account, { next });
    expect([url.origin, url.pathname]).toEqual([server.url, '/chats']);
  }
});

test('who cancels at the provider is told so', async () => {
  const browser = new Browser();
  const page = await goToProvider(server, browser, '/settings');
  const { url } = await browser.submit(page, { answer: 'no' });
  expect(landing(url)).toBe('/login?problem=sso_denied&next=%2Fsettings');
});
