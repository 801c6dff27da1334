import getPort from 'get-port';
import { inDatabase } from './support/database.js';
import { ask, call } from './support/http.js';
import { mailedCode, newRegistration, registerPerson } from './support/people.js';
import { type Environment, startServer, type TestServer } from './support/server.js';
import { Browser } from './support/sso/browser.js';
import { type RealProvider, startProvider } from './support/sso/real-provider.js';
import { goToProvider, signedOn, signOn } from './support/sso/sign-on.js';

interface Refusal {
  code: string;
}

const landing = (url: URL): string => `${url.pathname}${url.search}`;
const says = (email: string, more: object = {}): Record<string, unknown> => ({ email, email_verified: true, ...more });

/** A server with a provider of its own, and these settings beside it. */
async function installation(
  env: Environment,
  options: Parameters<typeof startProvider>[1] = {},
): Promise<{ server: TestServer; provider: RealProvider; end: () => Promise<void> }> {
  const port = await getPort();
  const provider = await startProvider(`http://127.0.0.1:${port}`, options);
  const server = await startServer({ PORT: String(port), ...provider.env, ...env });
  const end = async (): Promise<void> => {
    await server.destroy();
    await provider.stop();
  };
  return { server, provider, end };
}

test('without a provider there is no single sign-on, and passwords do', async () => {
  const server = await startServer();
  try {
    expect(await ask(server, '/server')).toMatchObject({ sso: null });
    expect(landing((await goToProvider(server, new Browser())).url)).toBe('/login?problem=not_found');
    const person = await registerPerson(server);
    const { password, accessToken } = person;
    const answer = await call<Refusal>(server, '/auth/sso/link', { body: { password }, accessToken });
    expect([answer.status, answer.body.code]).toEqual([404, 'not_found']);
    expect(await ask(server, '/auth/sso/identities', { accessToken })).toEqual({ items: [], nextCursor: null });
  } finally {
    await server.destroy();
  }
});

test('a public client, and a provider that tells names and addresses only when asked for them', async () => {
  const { server, provider, end } = await installation({}, { publicClient: true, smallTokens: true });
  try {
    provider.accounts.set('ann', says('ann@example.test', { name: 'Ann' }));
    const { user } = await signedOn(server, 'ann');
    expect(user).toMatchObject({ email: 'ann@example.test', displayName: 'Ann', role: 'admin' });
    // Without OIDC_ROLE_CLAIM the provider has no say in roles.
    provider.accounts.set('bob', says('bob@example.test', { groups: ['admins'] }));
    expect((await signedOn(server, 'bob')).user.role).toBe('user');
  } finally {
    await end();
  }
});

test('where single sign-on is the only way in, passwords and forms are refused, and a link cannot be taken away', async () => {
  const { server, provider, end } = await installation({ OIDC_ONLY: 'on' });
  try {
    provider.accounts.set('ann', says('ann@example.test'));
    const { accessToken, user } = await signedOn(server, 'ann');
    expect(await ask(server, '/server')).toMatchObject({ sso: { name: 'Example', only: true } });
    const login = { body: { identifier: user.email, password: 'correct horse battery staple' } };
    const register = { body: newRegistration() };
    for (const [path, request] of [
      ['/auth/login', login],
      ['/auth/register', register],
    ] as const) {
      const { status, body } = await call<Refusal>(server, path, request);
      expect([path, status, body.code]).toEqual([path, 403, 'sso_required']);
    }
    const { items } = await ask<{ items: { id: string }[] }>(server, '/auth/sso/identities', { accessToken });
    const path = `/auth/sso/identities/${items[0]?.id ?? ''}`;
    expect((await call(server, path, { method: 'DELETE', accessToken })).status).toBe(409);
  } finally {
    await end();
  }
});

test('a form that waited for its code completes no more once single sign-on is the only way in', async () => {
  const { server, end } = await installation({});
  try {
    const registration = newRegistration();
    await ask(server, '/auth/register', { body: registration });
    const code = await mailedCode(server, registration.email);
    await server.stop();
    await server.restart({ OIDC_ONLY: 'on' });
    const body = { email: registration.email, code };
    const answer = await call<Refusal>(server, '/auth/verify-email', { body });
    expect([answer.status, answer.body.code]).toEqual([403, 'sso_required']);
  } finally {
    await end();
  }
});

test.each([
  [{ REGISTRATION: 'example.test' }, ['/chats', '/login?problem=registration_closed', '/chats']],
  [{ REGISTRATION: 'invite' }, ['/login?problem=registration_closed', '/login?problem=registration_closed', '/chats']],
  [
    { OIDC_AUTO_REGISTER: 'off' },
    ['/login?problem=registration_closed', '/login?problem=registration_closed', '/chats'],
  ],
])('%j: who gets an account is decided as for everybody else', async (env, expected) => {
  const { server, provider, end } = await installation({ ADMIN_EMAIL: 'boss@example.test', ...env });
  try {
    provider.accounts.set('boss', says('boss@example.test'));
    provider.accounts.set('insider', says('insider@example.test'));
    provider.accounts.set('outsider', says('outsider@example.test.evil.test'));
    provider.accounts.set('guest', says('guest@elsewhere.test'));
    const boss = await signedOn(server, 'boss');
    expect(boss.user.role).toBe('admin');
    await ask(server, '/admin/invites', { body: { email: 'guest@elsewhere.test' }, accessToken: boss.accessToken });
    const landings = [];
    for (const account of ['insider', 'outsider', 'guest']) landings.push(landing(await signOn(server, account)));
    expect(landings).toEqual(expected);
    expect(await inDatabase(server, `SELECT 1 FROM invites`)).toEqual([]);
  } finally {
    await end();
  }
});

test('a provider that is away keeps nobody from starting, is said to be, and works when it is back', async () => {
  const port = await getPort();
  const providerPort = await getPort();
  const url = `http://127.0.0.1:${port}`;
  const env = { OIDC_ISSUER: `http://localhost:${providerPort}`, OIDC_CLIENT_ID: 'chatr', OIDC_NAME: 'Example' };
  const server = await startServer({ PORT: String(port), ...env });
  try {
    const { url: end } = await goToProvider(server, new Browser());
    expect(landing(end)).toBe('/login?problem=unavailable');
    const person = await registerPerson(server);
    const { password, accessToken } = person;
    const answer = await call<Refusal>(server, '/auth/sso/link', { body: { password }, accessToken });
    expect([answer.status, answer.body.code]).toEqual([503, 'unavailable']);
    expect(answer.headers.get('retry-after')).toBe('10');

    const provider = await startProvider(url, { publicClient: true, port: providerPort });
    provider.accounts.set('ann', says('ann@example.test'));
    const browser = new Browser();
    const page = await goToProvider(server, browser);
    expect(landing((await browser.submit(page, { account: 'ann', answer: 'yes' })).url)).toBe('/chats');

    // It goes away while somebody is on its pages.
    const other = new Browser();
    const begun = await goToProvider(server, other);
    const back = await other.submit(begun, { account: 'ann', answer: 'yes' }, (to) => to.port === String(port));
    await provider.stop();
    expect(landing((await other.open(back.url)).url)).toBe('/login?problem=unavailable');
  } finally {
    await server.destroy();
  }
});
