import { type Flaws } from './support/authenticator.js';
import { inDatabase } from './support/database.js';
import { ask, call } from './support/http.js';
import {
  addOptions,
  addPasskey,
  loginOptions,
  ORIGIN,
  outcome,
  type PasskeyAnswer,
  passkeyLogin,
  REFUSED,
} from './support/passkeys.js';
import { registerPerson } from './support/people.js';
import { startServer, type TestServer } from './support/server.js';

let server: TestServer;

beforeAll(async () => {
  server = await startServer({ PUBLIC_URL: ORIGIN });
});
afterAll(() => server.destroy());

describe('passkeys', () => {
  test('sign in without a password, until they are removed', async () => {
    const person = await registerPerson(server);
    const { answer, key } = await addPasskey(server, person);
    expect(answer.status).toBe(201);
    const signedIn = await passkeyLogin(server, key.get((await loginOptions(server)).options));
    expect([signedIn.status, typeof signedIn.body.accessToken]).toEqual([200, 'string']);
    const { options } = await loginOptions(server);
    const { accessToken } = person;
    await ask(server, `/auth/passkeys/${answer.body.id}`, { method: 'DELETE', accessToken });
    expect(outcome(await passkeyLogin(server, key.get(options)))).toEqual(REFUSED);
  });

  test('are asked for with the password', async () => {
    const { accessToken } = await registerPerson(server);
    const answer = await call<PasskeyAnswer>(server, '/auth/passkeys/options', {
      accessToken,
      body: { password: 'wrong' },
    });
    expect(outcome(answer)).toEqual([401, 'credentials_invalid']);
  });

  test.each<[string, Flaws]>([
    ['another origin', { origin: 'https://evil.example.test' }],
    ['another site', { rpId: 'evil.example.test' }],
    ['no user verification', { userVerified: false }],
    ['another account’s handle', { userHandle: 'AAAAAAAAAAAAAAAAAAAAAA' }],
  ])('refuse %s', async (_, flaws) => {
    const person = await registerPerson(server);
    if (flaws.userHandle === undefined)
      expect(outcome((await addPasskey(server, person, flaws)).answer)).toEqual(REFUSED);
    const { key } = await addPasskey(server, person);
    expect(outcome(await passkeyLogin(server, key.get((await loginOptions(server)).options, flaws)))).toEqual(REFUSED);
  });

  test('refuse a challenge that was used, has expired, or was meant for something else', async () => {
    const person = await registerPerson(server);
    const { key } = await addPasskey(server, person);
    const { options } = await loginOptions(server);
    const response = key.get(options);
    expect((await passkeyLogin(server, response)).status).toBe(200);
    expect(outcome(await passkeyLogin(server, response))).toEqual(REFUSED);
    expect(outcome(await passkeyLogin(server, key.get((await addOptions(server, person)).options)))).toEqual(REFUSED);
    const late = await loginOptions(server);
    await inDatabase(server, `UPDATE passkey_challenges SET expires_at = now()`);
    expect(outcome(await passkeyLogin(server, key.get(late.options)))).toEqual(REFUSED);
  });

  test('refuse a counter that goes backwards, and write it down', async () => {
    const person = await registerPerson(server);
    const { key } = await addPasskey(server, person);
    expect((await passkeyLogin(server, key.get((await loginOptions(server)).options, { counter: 9 }))).status).toBe(
      200,
    );
    expect(outcome(await passkeyLogin(server, key.get((await loginOptions(server)).options, { counter: 8 })))).toEqual(
      REFUSED,
    );
    const rows = await inDatabase(
      server,
      `SELECT id FROM audit_events WHERE action = 'passkey.cloned' AND subject_id = '${person.id}'`,
    );
    expect(rows).toHaveLength(1);
  });

  test('let nobody in whose account is suspended', async () => {
    const person = await registerPerson(server);
    const { key } = await addPasskey(server, person);
    await inDatabase(server, `UPDATE users SET suspended_at = now() WHERE id = '${person.id}'`);
    expect(outcome(await passkeyLogin(server, key.get((await loginOptions(server)).options)))).toEqual([
      403,
      'account_suspended',
    ]);
  });

  test('of somebody else can be neither renamed nor removed', async () => {
    const { answer } = await addPasskey(server, await registerPerson(server));
    const { accessToken } = await registerPerson(server);
    const path = `/auth/passkeys/${answer.body.id}`;
    const renamed = await call<PasskeyAnswer>(server, path, { method: 'PATCH', accessToken, body: { name: 'Mine' } });
    const removed = await call<PasskeyAnswer>(server, path, { method: 'DELETE', accessToken });
    expect([renamed.status, removed.status]).toEqual([404, 404]);
  });

  test.each([null, 'text', [], {}, { id: 'a'.repeat(5_000) }])('refuse the malformed answer %#', async (response) => {
    expect(outcome(await passkeyLogin(server, response))).toEqual([400, 'validation_failed']);
  });
});
