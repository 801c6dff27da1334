import { Authenticator, type Flaws } from './support/authenticator.js';
import { inDatabase } from './support/database.js';
import { type Answer, ask, call } from './support/http.js';
import { type Person, registerPerson } from './support/people.js';
import { startServer, type TestServer } from './support/server.js';

interface Body {
  code?: string;
  id: string;
  accessToken?: string;
}
interface Ceremony {
  options: { challenge: string; user: { id: string } };
}

const ORIGIN = 'https://chat.example.test';
let server: TestServer;

beforeAll(async () => {
  server = await startServer({ PUBLIC_URL: ORIGIN });
});
afterAll(() => server.destroy());

const addOptions = ({ accessToken, password }: Person): Promise<Ceremony> =>
  ask(server, '/auth/passkeys/options', { accessToken, body: { password } });
const loginOptions = (): Promise<Ceremony> => ask(server, '/auth/passkeys/login/options', { method: 'POST' });
const login = (response: unknown): Promise<Answer<Body>> =>
  call(server, '/auth/passkeys/login', { body: { response } });
const outcome = ({ status, body }: Answer<Body>): [number, string | undefined] => [status, body.code];

async function add(person: Person, flaws: Flaws = {}): Promise<{ answer: Answer<Body>; key: Authenticator }> {
  const { options } = await addOptions(person);
  const key = new Authenticator(ORIGIN, options.user.id);
  const body = { name: 'Laptop', response: key.create(options, flaws) };
  return { answer: await call<Body>(server, '/auth/passkeys', { accessToken: person.accessToken, body }), key };
}

const REFUSED = [400, 'passkey_invalid'];

describe('passkeys', () => {
  test('sign in without a password, until they are removed', async () => {
    const person = await registerPerson(server);
    const { answer, key } = await add(person);
    expect(answer.status).toBe(201);
    const signedIn = await login(key.get((await loginOptions()).options));
    expect([signedIn.status, typeof signedIn.body.accessToken]).toEqual([200, 'string']);
    const { options } = await loginOptions();
    const { accessToken } = person;
    await ask(server, `/auth/passkeys/${answer.body.id}`, { method: 'DELETE', accessToken });
    expect(outcome(await login(key.get(options)))).toEqual(REFUSED);
  });

  test('are asked for with the password', async () => {
    const { accessToken } = await registerPerson(server);
    const answer = await call<Body>(server, '/auth/passkeys/options', { accessToken, body: { password: 'wrong' } });
    expect(outcome(answer)).toEqual([401, 'credentials_invalid']);
  });

  test.each<[string, Flaws]>([
    ['another origin', { origin: 'https://evil.example.test' }],
    ['another site', { rpId: 'evil.example.test' }],
    ['no user verification', { userVerified: false }],
    ['another account’s handle', { userHandle: 'AAAAAAAAAAAAAAAAAAAAAA' }],
  ])('refuse %s', async (_, flaws) => {
    const person = await registerPerson(server);
    if (flaws.userHandle === undefined) expect(outcome((await add(person, flaws)).answer)).toEqual(REFUSED);
    const { key } = await add(person);
    expect(outcome(await login(key.get((await loginOptions()).options, flaws)))).toEqual(REFUSED);
  });

  test('refuse a challenge that was used, has expired, or was meant for something else', async () => {
    const person = await registerPerson(server);
    const { key } = await add(person);
    const { options } = await loginOptions();
    const response = key.get(options);
    expect((await login(response)).status).toBe(200);
    expect(outcome(await login(response))).toEqual(REFUSED);
    expect(outcome(await login(key.get((await addOptions(person)).options)))).toEqual(REFUSED);
    const late = await loginOptions();
    await inDatabase(server, `UPDATE passkey_challenges SET expires_at = now()`);
    expect(outcome(await login(key.get(late.options)))).toEqual(REFUSED);
  });

  test('refuse a counter that goes backwards, and write it down', async () => {
    const person = await registerPerson(server);
    const { key } = await add(person);
    expect((await login(key.get((await loginOptions()).options, { counter: 9 }))).status).toBe(200);
    expect(outcome(await login(key.get((await loginOptions()).options, { counter: 8 })))).toEqual(REFUSED);
    const rows = await inDatabase(
      server,
      `SELECT id FROM audit_events WHERE action = 'passkey.cloned' AND subject_id = '${person.id}'`,
    );
    expect(rows).toHaveLength(1);
  });

  test('let nobody in whose account is suspended', async () => {
    const person = await registerPerson(server);
    const { key } = await add(person);
    await inDatabase(server, `UPDATE users SET suspended_at = now() WHERE id = '${person.id}'`);
    expect(outcome(await login(key.get((await loginOptions()).options)))).toEqual([403, 'account_suspended']);
  });

  test('of somebody else can be neither renamed nor removed', async () => {
    const { answer } = await add(await registerPerson(server));
    const { accessToken } = await registerPerson(server);
    const path = `/auth/passkeys/${answer.body.id}`;
    const renamed = await call<Body>(server, path, { method: 'PATCH', accessToken, body: { name: 'Mine' } });
    const removed = await call<Body>(server, path, { method: 'DELETE', accessToken });
    expect([renamed.status, removed.status]).toEqual([404, 404]);
  });

  test.each([null, 'text', [], {}, { id: 'a'.repeat(5_000) }])('refuse the malformed answer %#', async (response) => {
    expect(outcome(await login(response))).toEqual([400, 'validation_failed']);
  });
});
