import { Authenticator } from './support/authenticator.js';
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
  sendNew,
} from './support/passkeys.js';
import { mailAbout, type Person, registerPerson } from './support/people.js';
import { logIn } from './support/second-step.js';
import { startServer, type TestServer } from './support/server.js';

let server: TestServer;

beforeAll(async () => {
  server = await startServer({ PUBLIC_URL: ORIGIN });
});
afterAll(() => server.destroy());

const listOf = async ({ accessToken }: Person): Promise<PasskeyAnswer[]> =>
  (await ask<{ items: PasskeyAnswer[] }>(server, '/auth/passkeys', { accessToken })).items;

/** Passkeys in somebody's account that no authenticator holds. */
async function fill(person: Person, count: number): Promise<void> {
  await inDatabase(
    server,
    `INSERT INTO passkeys (id, user_id, credential_id, public_key, counter, synced, transports, name)
     SELECT gen_random_uuid(), $1, gen_random_uuid()::text, '', 0, false, '{}', 'Old' FROM generate_series(1, $2)`,
    [person.id, count],
  );
}

describe('an account', () => {
  test('lists its passkeys, with the time of their last use and the names they were given', async () => {
    const person = await registerPerson(server);
    const { answer, key } = await addPasskey(server, person);
    expect(await listOf(person)).toMatchObject([{ name: 'Laptop', lastUsedAt: null, synced: false }]);
    const body = { name: '  Work laptop ' };
    const path = `/auth/passkeys/${answer.body.id}`;
    await ask(server, path, { method: 'PATCH', accessToken: person.accessToken, body });
    await passkeyLogin(server, key.get((await loginOptions(server)).options));
    const [passkey] = await listOf(person);
    expect(passkey).toMatchObject({ name: 'Work laptop', lastUsedAt: expect.stringMatching(/^\d{4}-.+Z$/) as string });
    expect(await listOf(await registerPerson(server))).toEqual([]);
  });

  test('has at most twenty passkeys, even when two are added at the same moment', async () => {
    const person = await registerPerson(server);
    await fill(person, 19);
    const answers = await Promise.all([addPasskey(server, person), addPasskey(server, person)]);
    expect(answers.map(({ answer }) => answer.status).toSorted()).toEqual([201, 409]);
    expect(outcome((await addPasskey(server, person)).answer)).toEqual([409, 'conflict']);
    expect(await listOf(person)).toHaveLength(20);
  });

  test('has each passkey once, and nobody else has it', async () => {
    const person = await registerPerson(server);
    const { key } = await addPasskey(server, person);
    const other = await registerPerson(server);
    for (const somebody of [person, other]) {
      const { options } = await addOptions(server, somebody);
      expect(outcome(await sendNew(server, somebody, key.create(options)))).toEqual([409, 'conflict']);
    }
    expect(await listOf(other)).toEqual([]);
  });

  test('gets a passkey only in the session that asked for it', async () => {
    const person = await registerPerson(server);
    const { options } = await addOptions(server, person);
    const response = new Authenticator(ORIGIN, options.user.id).create(options);
    const { accessToken } = (await logIn(server, person)).body;
    expect(outcome(await sendNew(server, { accessToken }, response))).toEqual(REFUSED);
    expect(outcome(await sendNew(server, await registerPerson(server), response))).toEqual(REFUSED);
    expect(outcome(await sendNew(server, person, response))).toEqual([201, undefined]);
    expect(outcome(await sendNew(server, person, response))).toEqual(REFUSED);
  });

  test('takes no registration that was meant as a log-in, nor the other way round', async () => {
    const person = await registerPerson(server);
    const { key } = await addPasskey(server, person);
    const { options } = await loginOptions(server);
    expect(outcome(await sendNew(server, person, key.create(options)))).toEqual(REFUSED);
  });

  test('tells its owner of what is added, removed and seems to be copied, and from where', async () => {
    const person = await registerPerson(server);
    const { answer, key } = await addPasskey(server, person);
    expect(await mailAbout(server, person.email, 'A passkey was added')).toMatch(/“Laptop”[^]*Address: /);
    await passkeyLogin(server, key.get((await loginOptions(server)).options, { counter: 5 }));
    await passkeyLogin(server, key.get((await loginOptions(server)).options, { counter: 5 }));
    expect(await mailAbout(server, person.email, 'A passkey was refused')).toMatch(/“Laptop”[^]*copy/);
    const { accessToken } = person;
    await ask(server, `/auth/passkeys/${answer.body.id}`, { method: 'DELETE', accessToken });
    expect(await mailAbout(server, person.email, 'A passkey was removed')).toContain('“Laptop”');
  });

  test('leaves no passkey behind when it is deleted', async () => {
    const person = await registerPerson(server);
    const { key } = await addPasskey(server, person);
    await addOptions(server, person);
    const { accessToken, password } = person;
    await ask(server, '/users/me', { method: 'DELETE', accessToken, body: { password } });
    expect(outcome(await passkeyLogin(server, key.get((await loginOptions(server)).options)))).toEqual(REFUSED);
    const left = `SELECT user_id FROM passkeys WHERE user_id = $1
      UNION ALL SELECT user_id FROM passkey_challenges WHERE user_id = $1`;
    expect(await inDatabase(server, left, [person.id])).toEqual([]);
  });
});

test('a log-in gives browsers their token in a cookie alone, and is written down', async () => {
  const person = await registerPerson(server);
  const { key } = await addPasskey(server, person);
  const answer = await passkeyLogin(server, key.get((await loginOptions(server)).options), { cookie: true });
  expect(answer.body).not.toHaveProperty('refreshToken');
  const cookies = answer.headers.getSetCookie().join('\n');
  expect(cookies).toMatch(/^chatr_refresh=.+HttpOnly/im);
  const rows = await inDatabase(
    server,
    `SELECT details->>'method' AS method FROM audit_events
     WHERE action = 'login.succeeded' AND subject_id = $1 ORDER BY id DESC LIMIT 1`,
    [person.id],
  );
  expect(rows).toEqual([{ method: 'passkey' }]);
});

test('a log-in on a new device is told to the owner, and asks for nothing else', async () => {
  const person = await registerPerson(server);
  const { key } = await addPasskey(server, person);
  const body = { response: key.get((await loginOptions(server)).options) };
  const headers = { 'user-agent': 'another program' };
  expect((await call<PasskeyAnswer>(server, '/auth/passkeys/login', { body, headers })).body.accessToken).toBeDefined();
  expect(await mailAbout(server, person.email, 'New device')).toContain('Address: ');
});

test('a synced passkey may answer with a counter of 0 again and again', async () => {
  const person = await registerPerson(server);
  const { answer, key } = await addPasskey(server, person, { synced: true });
  expect(answer.body.synced).toBe(true);
  for (let round = 0; round < 2; round++)
    expect((await passkeyLogin(server, key.get((await loginOptions(server)).options))).status).toBe(200);
});

test('one answer sent twice at the same moment lets in once', async () => {
  const person = await registerPerson(server);
  const { key } = await addPasskey(server, person);
  const response = key.get((await loginOptions(server)).options);
  const answers = await Promise.all([1, 2, 3].map(() => passkeyLogin(server, response)));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 400, 400]);
});

describe('what is sent', () => {
  test('holds no field that nobody knows, and is not huge', async () => {
    const person = await registerPerson(server);
    const { options } = await addOptions(server, person);
    const response = new Authenticator(ORIGIN, options.user.id).create(options);
    const { accessToken } = person;
    for (const body of [
      { name: 'Laptop', response, userId: person.id },
      { name: 'Laptop', response: { ...response, userId: person.id } },
      { name: '', response },
      { name: 'a'.repeat(61), response },
      { name: 'Laptop', response: { ...response, id: 'a'.repeat(2_000) } },
      { name: 'Laptop' },
    ])
      expect(outcome(await call(server, '/auth/passkeys', { accessToken, body }))).toEqual([400, 'validation_failed']);
    const huge = { name: 'Laptop', response: { ...response, clientExtensionResults: { a: 'a'.repeat(2_000_000) } } };
    expect(outcome(await call(server, '/auth/passkeys', { accessToken, body: huge }))).toEqual([
      413,
      'payload_too_large',
    ]);
    expect(await listOf(person)).toEqual([]);
  });
});

test('where there is no host name passkeys are refused in words', async () => {
  const bare = await startServer();
  try {
    expect(bare.logs.join('\n')).toContain('Nobody can use passkeys');
    expect(await ask(bare, '/server')).toMatchObject({ passkeys: false });
    expect(outcome(await call(bare, '/auth/passkeys/login/options', { method: 'POST' }))).toEqual([409, 'conflict']);
    const { accessToken, password } = await registerPerson(bare);
    const answer = await call<PasskeyAnswer>(bare, '/auth/passkeys/options', { accessToken, body: { password } });
    expect(outcome(answer)).toEqual([409, 'conflict']);
  } finally {
    await bare.destroy();
  }
});
