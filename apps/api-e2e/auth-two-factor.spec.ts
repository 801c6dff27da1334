import { inDatabase } from './support/database.js';
import { type Answer, ask, call } from './support/http.js';
import { mailsTo, type Person, registerPerson } from './support/people.js';
import { appCode, logIn, protect, verify, wrongCode } from './support/second-step.js';
import { startServer, type TestServer } from './support/server.js';

interface Refusal {
  code: string;
}
interface State {
  enabled: boolean;
  recoveryCodesLeft: number;
}

const KEY = 'the first key of at least thirty-two characters';
const NEXT_KEY = 'the second key of at least thirty-two characters';

let server: TestServer;

beforeAll(async () => {
  server = await startServer({ ENCRYPTION_KEY: KEY });
});
afterAll(() => server.destroy());

const refused = (answer: Answer<Refusal>): [number, string] => [answer.status, answer.body.code];
const post = <T = Refusal>(person: Person, step: string, body: object = {}): Promise<Answer<T & Refusal>> =>
  call(server, `/auth/2fa/${step}`, { body, accessToken: person.accessToken });
const state = ({ accessToken }: Person): Promise<State> => ask(server, '/auth/2fa', { accessToken });
const subjects = async (person: Person): Promise<string[]> =>
  (await mailsTo(server, person.email)).map(({ subject }) => subject);
const actions = async (person: Person): Promise<string[]> =>
  (
    await inDatabase<{ action: string }>(server, `SELECT action FROM audit_events WHERE subject_id = $1 ORDER BY id`, [
      person.id,
    ])
  ).map(({ action }) => action);

describe('setting up an app', () => {
  test('gives what apps understand, and takes effect with the first code', async () => {
    const person = await registerPerson(server);
    const setup = await post<{ secret: string; otpauthUrl: string; qrDataUrl: string }>(person, 'setup');
    expect(setup.headers.get('cache-control')).toBe('no-store');
    expect(setup.body.secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(setup.body.otpauthUrl).toContain(`secret=${setup.body.secret}`);
    expect(setup.body.qrDataUrl).toMatch(/^data:image\/png;base64,/);
    expect(await state(person)).toEqual({ enabled: false, recoveryCodesLeft: 0 });
    expect((await logIn(server, person)).body.accessToken).toBeDefined();

    expect(refused(await post(person, 'enable', { code: wrongCode(setup.body.secret) }))).toEqual([
      400,
      'code_invalid',
    ]);
    const enabled = await post<{ recoveryCodes: string[] }>(person, 'enable', { code: appCode(setup.body.secret) });
    expect(enabled.headers.get('cache-control')).toBe('no-store');
    expect(new Set(enabled.body.recoveryCodes).size).toBe(10);
    expect(await state(person)).toEqual({ enabled: true, recoveryCodesLeft: 10 });
    expect(await subjects(person)).toContain('Two-step verification is on');
    expect(await actions(person)).toContain('factor.enabled');
    expect((await logIn(server, person)).body.challenge.methods).toEqual(['totp', 'recovery']);
  });

  test('again replaces what was begun before, and is void after ten minutes', async () => {
    const person = await registerPerson(server);
    const first = (await post<{ secret: string }>(person, 'setup')).body.secret;
    const second = (await post<{ secret: string }>(person, 'setup')).body.secret;
    expect(refused(await post(person, 'enable', { code: appCode(first) }))).toEqual([400, 'code_invalid']);
    await inDatabase(server, `UPDATE totp_factors SET created_at = now() - interval '601 seconds' WHERE user_id = $1`, [
      person.id,
    ]);
    expect(refused(await post(person, 'enable', { code: appCode(second) }))).toEqual([409, 'conflict']);
    const third = (await post<{ secret: string }>(person, 'setup')).body.secret;
    expect((await post(person, 'enable', { code: appCode(third) })).status).toBe(200);
  });

  test('is refused while one is in use, which stays as it is', async () => {
    const person = await registerPerson(server);
    const { secret } = await protect(server, person);
    expect(refused(await post(person, 'setup'))).toEqual([409, 'conflict']);
    expect(refused(await post(person, 'enable', { code: appCode(secret, 1) }))).toEqual([409, 'conflict']);
    const { challenge } = (await logIn(server, person)).body;
    expect((await verify(server, challenge.id, 'totp', appCode(secret))).status).toBe(200);
  });

  test('from two devices at once succeeds on one', async () => {
    const person = await registerPerson(server);
    const { secret } = (await post<{ secret: string }>(person, 'setup')).body;
    const body = { code: appCode(secret) };
    const statuses = (await Promise.all([1, 2, 3, 4].map(() => post(person, 'enable', body)))).map((a) => a.status);
    expect(statuses.toSorted()).toEqual([200, 409, 409, 409]);
    expect((await state(person)).recoveryCodesLeft).toBe(10);
  });

  test.each([
    {},
    { code: '12345' },
    { code: 123_456 },
    { code: ['123456'] },
    { code: '1'.repeat(5_000) },
    { code: null },
  ])('refuses %j', async (body) => {
    const person = await registerPerson(server);
    await post(person, 'setup');
    expect(refused(await post(person, 'enable', body))).toEqual([400, 'validation_failed']);
  });

  test('is for people who are logged in', async () => {
    for (const path of ['', '/setup', '/enable', '/disable', '/recovery-codes']) {
      const answer = await call<Refusal>(server, `/auth/2fa${path}`, path === '' ? {} : { body: {} });
      expect(refused(answer)).toEqual([401, 'unauthenticated']);
    }
  });
});

describe('the secret and the codes', () => {
  test('are nowhere in the database or the log as they are', async () => {
    const person = await registerPerson(server);
    const { secret, recoveryCodes } = await protect(server, person);
    const rows = await inDatabase<{ row: string }>(
      server,
      `SELECT f::text AS row FROM totp_factors f WHERE user_id = $1
       UNION ALL SELECT r::text FROM recovery_codes r WHERE user_id = $1
       UNION ALL SELECT a::text FROM audit_events a WHERE subject_id = $1`,
      [person.id],
    );
    const kept = rows.map(({ row }) => row).join('\n') + server.logs.join('\n');
    for (const [index, code] of [secret, ...recoveryCodes].entries()) {
      expect(kept).not.toContain(code);
      if (index > 0) expect(kept).not.toContain(code.replaceAll('-', ''));
    }
  });

  test('outlive a change of the key, after which the old one is not needed for the app', async () => {
    const person = await registerPerson(server);
    const { secret, recoveryCodes } = await protect(server, person);
    try {
      await server.stop();
      await server.restart({ ENCRYPTION_KEY: `${NEXT_KEY},${KEY}` });
      const first = (await logIn(server, person)).body.challenge;
      expect((await verify(server, first.id, 'recovery', recoveryCodes[0] ?? '')).status).toBe(200);
      await server.stop();
      await server.restart({ ENCRYPTION_KEY: NEXT_KEY });
      const second = (await logIn(server, person)).body.challenge;
      expect((await verify(server, second.id, 'totp', appCode(secret))).status).toBe(200);
    } finally {
      await server.stop();
      await server.restart({ ENCRYPTION_KEY: `${KEY},${NEXT_KEY}` });
    }
  });

  test('of one person do not open when they are copied into the row of another', async () => {
    const [ann, bob] = [await registerPerson(server), await registerPerson(server)];
    const { secret } = await protect(server, ann);
    await protect(server, bob);
    await inDatabase(
      server,
      `UPDATE totp_factors SET secret = (SELECT secret FROM totp_factors WHERE user_id = $1) WHERE user_id = $2`,
      [ann.id, bob.id],
    );
    const { challenge } = (await logIn(server, bob)).body;
    expect((await verify(server, challenge.id, 'totp', appCode(secret))).status).toBe(500);
  });
});

describe('turning it off and making new codes', () => {
  test('takes the password, and is told to the owner', async () => {
    const person = await registerPerson(server);
    const { recoveryCodes: old } = await protect(server, person);
    const wrong = { password: 'not the password' };
    expect(refused(await post(person, 'recovery-codes', wrong))).toEqual([401, 'credentials_invalid']);
    expect(refused(await post(person, 'disable', wrong))).toEqual([401, 'credentials_invalid']);

    const { password } = person;
    const renewed = await post<{ recoveryCodes: string[] }>(person, 'recovery-codes', { password });
    const { challenge } = (await logIn(server, person)).body;
    expect(refused(await verify(server, challenge.id, 'recovery', old[0] ?? ''))).toEqual([400, 'code_invalid']);
    expect((await verify(server, challenge.id, 'recovery', renewed.body.recoveryCodes[0] ?? '')).status).toBe(200);

    expect((await post(person, 'disable', { password })).status).toBe(204);
    expect(await state(person)).toEqual({ enabled: false, recoveryCodesLeft: 0 });
    expect((await logIn(server, person)).body.accessToken).toBeDefined();
    expect(refused(await post(person, 'disable', { password }))).toEqual([409, 'conflict']);
    expect(refused(await post(person, 'recovery-codes', { password }))).toEqual([409, 'conflict']);
    expect(await subjects(person)).toEqual(
      expect.arrayContaining([
        'Two-step verification is off',
        'You have new recovery codes',
        'A recovery code was used',
      ]),
    );
    expect(await actions(person)).toEqual(
      expect.arrayContaining(['factor.disabled', 'factor.recovery-codes-renewed', 'factor.recovery-code-used']),
    );
  });
});
