import { inDatabase } from './support/database.js';
import { type Answer, ask, call } from './support/http.js';
import {
  addPasskey,
  type Ceremony,
  loginOptions,
  ORIGIN,
  outcome,
  type PasskeyAnswer,
  passkeyLogin,
  REFUSED,
} from './support/passkeys.js';
import { mailAbout, type Person, registerPerson } from './support/people.js';
import { ELSEWHERE, logIn, protect, verify } from './support/second-step.js';
import { startServer, type TestServer } from './support/server.js';

let server: TestServer;

beforeAll(async () => {
  server = await startServer({ PUBLIC_URL: ORIGIN });
});
afterAll(() => server.destroy());

const challengeOf = async (person: Person): Promise<{ id: string; methods: string[] }> =>
  (await logIn(server, person, ELSEWHERE)).body.challenge;
const optionsOf = (challengeId: string): Promise<Ceremony> =>
  ask(server, '/auth/login/options', { body: { challengeId, method: 'passkey' } });
const answer = (challengeId: string, response: unknown, more = {}): Promise<Answer<PasskeyAnswer>> =>
  call(server, '/auth/login/verify', { body: { challengeId, method: 'passkey', response, ...more } });

describe('a passkey as the second step', () => {
  test('stands beside the app, and completes the log-in', async () => {
    const person = await registerPerson(server);
    const { key } = await addPasskey(server, person);
    await protect(server, person);
    const { id, methods } = await challengeOf(person);
    expect(methods).toEqual(['totp', 'passkey', 'recovery']);
    const { options } = await optionsOf(id);
    expect(options.allowCredentials.map((credential) => credential.id)).toEqual([key.id]);
    const signedIn = await answer(id, key.get(options), { cookie: true });
    expect([signedIn.status, signedIn.body.refreshToken]).toEqual([200, undefined]);
    expect(outcome(await answer(id, key.get(options)))).toEqual([401, 'challenge_ended']);
  });

  test('spares the mail that a new device is asked for', async () => {
    const person = await registerPerson(server);
    const { key } = await addPasskey(server, person);
    const { id, methods } = await challengeOf(person);
    expect(methods).toEqual(['passkey', 'email']);
    await call(server, '/auth/login/code', { body: { challengeId: id, method: 'email' } });
    expect(await mailAbout(server, person.email, 'Your code to log in')).toMatch(/\d{6}/);
    expect((await answer(id, key.get((await optionsOf(id)).options))).status).toBe(200);
  });

  test('is not offered to whoever has none, nor begun for them', async () => {
    const person = await registerPerson(server);
    const { id, methods } = await challengeOf(person);
    expect(methods).toEqual(['email']);
    const begun = await call<PasskeyAnswer>(server, '/auth/login/options', {
      body: { challengeId: id, method: 'passkey' },
    });
    expect(outcome(begun)).toEqual([400, 'validation_failed']);
    const nobodys = { challengeId: '01890000-0000-7000-8000-000000000000', method: 'passkey' };
    expect(outcome(await call(server, '/auth/login/options', { body: nobodys }))).toEqual([401, 'challenge_ended']);
  });

  test('has to be the person’s own, and signed for this step', async () => {
    const person = await registerPerson(server);
    const { key } = await addPasskey(server, person);
    const { key: foreign } = await addPasskey(server, await registerPerson(server));
    const { id } = await challengeOf(person);
    expect(outcome(await answer(id, foreign.get((await optionsOf(id)).options)))).toEqual(REFUSED);
    expect(outcome(await answer(id, key.get((await loginOptions(server)).options)))).toEqual(REFUSED);
    expect(outcome(await passkeyLogin(server, key.get((await optionsOf(id)).options)))).toEqual(REFUSED);
  });

  test('is refused for good after five wrong answers, of whatever kind', async () => {
    const person = await registerPerson(server);
    const { key } = await addPasskey(server, person);
    await protect(server, person);
    const { id } = await challengeOf(person);
    const stale = key.get((await loginOptions(server)).options);
    for (let round = 0; round < 4; round++) expect(outcome(await answer(id, stale))).toEqual(REFUSED);
    expect((await verify(server, id, 'recovery', 'AAAA-AAAA-AAAA-AAAA')).body.code).toBe('code_invalid');
    expect(outcome(await answer(id, key.get((await optionsOf(id)).options)))).toEqual([401, 'challenge_ended']);
    await mailAbout(server, person.email, 'Somebody may know your password');
  });

  test('lets nobody in once it is removed, or seems to be a copy', async () => {
    const person = await registerPerson(server);
    const { key, answer: added } = await addPasskey(server, person);
    const { id } = await challengeOf(person);
    expect((await answer(id, key.get((await optionsOf(id)).options, { counter: 9 }))).status).toBe(200);
    const copy = await challengeOf(person);
    const late = await optionsOf(copy.id);
    expect(outcome(await answer(copy.id, key.get((await optionsOf(copy.id)).options, { counter: 9 })))).toEqual(
      REFUSED,
    );
    expect(
      await inDatabase(server, `SELECT FROM audit_events WHERE action = 'passkey.cloned' AND subject_id = $1`, [
        person.id,
      ]),
    ).toHaveLength(1);
    await ask(server, `/auth/passkeys/${added.body.id}`, { method: 'DELETE', accessToken: person.accessToken });
    expect(outcome(await answer(copy.id, key.get(late.options, { counter: 10 })))).toEqual(REFUSED);
  });

  test.each([{}, { code: '123456' }, { response: 'text' }, { response: {} }, { response: null }])(
    'is no %j',
    async (proof) => {
      const person = await registerPerson(server);
      await addPasskey(server, person);
      const { id: challengeId } = await challengeOf(person);
      const body = { challengeId, method: 'passkey', ...proof };
      expect(outcome(await call(server, '/auth/login/verify', { body }))).toEqual([400, 'validation_failed']);
    },
  );
});
