import { setTimeout as sleep } from 'node:timers/promises';
import { inDatabase } from './support/database.js';
import { type Answer, call } from './support/http.js';
import { mailedCode, mailsTo, type Person, registerPerson } from './support/people.js';
import { appCode, ELSEWHERE, logIn, type LoginAnswer, protect, verify, wrongCode } from './support/second-step.js';
import { startServer, type TestServer } from './support/server.js';

const NOBODYS_CHALLENGE = '01890000-0000-7000-8000-000000000000';

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.destroy());

const refused = (answer: Answer<{ code: string }>): [number, string] => [answer.status, answer.body.code];
const sessionsOf = async (person: Person): Promise<number> =>
  (await inDatabase(server, `SELECT FROM sessions WHERE user_id = $1`, [person.id])).length;

/** A log-in from a device that the account does not know, and the code that was mailed for it. */
async function challengeByMail(person: Person): Promise<{ id: string; code: string }> {
  const before = await mailedCode(server, person.email);
  const { challenge } = (await logIn(server, person, ELSEWHERE)).body;
  expect(challenge.methods).toEqual(['email']);
  return { id: challenge.id, code: await mailedCode(server, person.email, before) };
}

const otherThan = (code: string): string => (code === '000000' ? '111111' : '000000');

describe('a code of an app', () => {
  test('completes a log-in, as does one of a clock that is half a minute off', async () => {
    for (const off of [-1, 0, 1]) {
      const person = await registerPerson(server);
      const { secret } = await protect(server, person);
      const { challenge } = (await logIn(server, person)).body;
      expect((await verify(server, challenge.id, 'totp', appCode(secret, off))).body.accessToken).toBeDefined();
    }
  });

  test('works once, and so do those before it', async () => {
    const person = await registerPerson(server);
    const { secret } = await protect(server, person);
    const code = appCode(secret);
    const earlier = appCode(secret, -1);
    const first = (await logIn(server, person)).body.challenge;
    expect((await verify(server, first.id, 'totp', code)).status).toBe(200);
    const second = (await logIn(server, person)).body.challenge;
    expect(refused(await verify(server, second.id, 'totp', code))).toEqual([400, 'code_invalid']);
    expect(refused(await verify(server, second.id, 'totp', earlier))).toEqual([400, 'code_invalid']);
  });

  test('that two people at once have seen lets one of them in', async () => {
    const person = await registerPerson(server);
    const { secret } = await protect(server, person);
    const challenges = await Promise.all([1, 2, 3, 4].map(async () => (await logIn(server, person)).body.challenge.id));
    const code = appCode(secret);
    const answers = await Promise.all(challenges.map((id) => verify(server, id, 'totp', code)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 400, 400, 400]);
  });

  test('that confirmed the set-up is used up', async () => {
    const person = await registerPerson(server);
    const { accessToken } = person;
    const setup = await call<{ secret: string }>(server, '/auth/2fa/setup', { method: 'POST', accessToken });
    const code = appCode(setup.body.secret);
    await call(server, '/auth/2fa/enable', { body: { code }, accessToken });
    const { challenge } = (await logIn(server, person)).body;
    expect(refused(await verify(server, challenge.id, 'totp', code))).toEqual([400, 'code_invalid']);
  });

  test('of somebody else is as wrong as any', async () => {
    const [ann, bob] = [await registerPerson(server), await registerPerson(server)];
    await protect(server, ann);
    const { secret, recoveryCodes } = await protect(server, bob);
    const { challenge } = (await logIn(server, ann)).body;
    expect(refused(await verify(server, challenge.id, 'totp', appCode(secret)))).toEqual([400, 'code_invalid']);
    expect(refused(await verify(server, challenge.id, 'recovery', recoveryCodes[0] ?? ''))).toEqual([
      400,
      'code_invalid',
    ]);
  });
});

describe('a recovery code', () => {
  test('works once, however it is typed', async () => {
    const person = await registerPerson(server);
    const { recoveryCodes } = await protect(server, person);
    const typed = (recoveryCodes[3] ?? '').toLowerCase().replaceAll('-', ' ');
    const first = (await logIn(server, person)).body.challenge;
    expect((await verify(server, first.id, 'recovery', typed)).status).toBe(200);
    const second = (await logIn(server, person)).body.challenge;
    expect(refused(await verify(server, second.id, 'recovery', typed))).toEqual([400, 'code_invalid']);
    const [mail] = await mailsTo(server, person.email);
    expect(mail?.text).toContain('Codes left: 9.');
  });

  test('is not offered when none is left', async () => {
    const person = await registerPerson(server);
    await protect(server, person);
    await inDatabase(server, `UPDATE recovery_codes SET used_at = now() WHERE user_id = $1`, [person.id]);
    expect((await logIn(server, person)).body.challenge.methods).toEqual(['totp']);
  });
});

describe('a mailed code', () => {
  test('completes a log-in from a new device, and the next one from there needs none', async () => {
    const person = await registerPerson(server);
    const { id, code } = await challengeByMail(person);
    expect((await verify(server, id, 'email', code, ELSEWHERE)).body.accessToken).toBeDefined();
    expect((await logIn(server, person, ELSEWHERE)).body.accessToken).toBeDefined();
  });

  test('is sent again after half a minute, in place of the one before', async () => {
    const person = await registerPerson(server);
    const { id, code } = await challengeByMail(person);
    const again = (): Promise<Answer<LoginAnswer>> =>
      call(server, '/auth/login/code', { body: { challengeId: id, method: 'email' } });
    const early = await again();
    expect(refused(early)).toEqual([429, 'rate_limited']);
    expect(early.headers.get('retry-after')).toBe('30');
    await inDatabase(server, `UPDATE login_challenges SET code_sent_at = now() - interval '31 seconds' WHERE id = $1`, [
      id,
    ]);
    expect((await again()).status).toBe(202);
    const next = await mailedCode(server, person.email, code);
    expect(refused(await verify(server, id, 'email', code))).toEqual([400, 'code_invalid']);
    expect((await verify(server, id, 'email', next)).status).toBe(200);
  });

  test('is dead after five guesses, however they come', async () => {
    const person = await registerPerson(server);
    const { id, code } = await challengeByMail(person);
    const guesses = Array.from({ length: 20 }, () => verify(server, id, 'email', otherThan(code)));
    expect(new Set((await Promise.all(guesses)).map(refused).map(String))).toEqual(new Set(['400,code_invalid']));
    expect(refused(await verify(server, id, 'email', code))).toEqual([400, 'code_invalid']);
    expect(await sessionsOf(person)).toBe(1);
    const subjects = (await mailsTo(server, person.email)).map(({ subject }) => subject);
    expect(subjects.filter((subject) => subject === 'Somebody may know your password')).toHaveLength(1);
  });

  test('is good for its own log-in only', async () => {
    const person = await registerPerson(server);
    const first = await challengeByMail(person);
    const second = await challengeByMail(person);
    expect(refused(await verify(server, first.id, 'email', second.code))).toEqual([400, 'code_invalid']);
    expect((await verify(server, first.id, 'email', first.code)).status).toBe(200);
  });

  test('is not enough any more once an app has been set up', async () => {
    const person = await registerPerson(server);
    const { id, code } = await challengeByMail(person);
    await protect(server, person);
    expect(refused(await verify(server, id, 'email', code))).toEqual([401, 'challenge_ended']);
  });
});

describe('a texted code', () => {
  const NUMBER = '+4930901820';
  const texted = async (): Promise<string | undefined> =>
    /\d{6}/.exec((await mailsTo(server, NUMBER))[0]?.text ?? '')?.[0];

  test('is an alternative to a mailed one for whoever has verified a number, and is sent when it is asked for', async () => {
    const person = await registerPerson(server);
    await inDatabase(server, `UPDATE users SET phone = $2, phone_verified_at = now() WHERE id = $1`, [
      person.id,
      NUMBER,
    ]);
    const { challenge } = (await logIn(server, person, ELSEWHERE)).body;
    expect(challenge.methods).toEqual(['email', 'sms']);
    expect(await texted()).toBeUndefined();
    const send = { body: { challengeId: challenge.id, method: 'sms' } };
    expect((await call(server, '/auth/login/code', send)).status).toBe(202);
    const code = (await texted()) ?? '';
    // It was sent on the other way.
    expect(refused(await verify(server, challenge.id, 'email', code))).toEqual([400, 'code_invalid']);
    expect((await verify(server, challenge.id, 'sms', code)).status).toBe(200);
  });

  test('is not offered for a number that nobody has verified', async () => {
    const person = await registerPerson(server);
    await inDatabase(server, `UPDATE users SET phone = $2 WHERE id = $1`, [person.id, NUMBER]);
    expect((await logIn(server, person, ELSEWHERE)).body.challenge.methods).toEqual(['email']);
  });
});

describe('a challenge', () => {
  test('gives one session, however often it is answered at once', async () => {
    const person = await registerPerson(server);
    const { id, code } = await challengeByMail(person);
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => verify(server, id, 'email', code)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await sessionsOf(person)).toBe(2);
    expect(refused(await verify(server, id, 'email', code))).toEqual([401, 'challenge_ended']);
  });

  test('is over after ten minutes', async () => {
    const person = await registerPerson(server);
    const { id, code } = await challengeByMail(person);
    await inDatabase(server, `UPDATE login_challenges SET expires_at = now() WHERE id = $1`, [id]);
    expect(refused(await verify(server, id, 'email', code))).toEqual([401, 'challenge_ended']);
  });

  test('ends with the password it was begun with', async () => {
    const person = await registerPerson(server);
    const { id, code } = await challengeByMail(person);
    await call(server, '/auth/forgot-password', { body: { email: person.email } });
    const reset = await mailedCode(server, person.email, code);
    const password = 'another horse, another staple';
    await call(server, '/auth/reset-password', { body: { email: person.email, code: reset, password } });
    expect(refused(await verify(server, id, 'email', code))).toEqual([401, 'challenge_ended']);
  });

  test('lets in nobody who was suspended meanwhile', async () => {
    const person = await registerPerson(server);
    const { id, code } = await challengeByMail(person);
    await inDatabase(server, `UPDATE users SET suspended_at = now() WHERE id = $1`, [person.id]);
    expect(refused(await verify(server, id, 'email', code))).toEqual([401, 'challenge_ended']);
    expect(await sessionsOf(person)).toBe(1);
  });

  test('takes five guesses at what somebody holds, then the password again', async () => {
    const person = await registerPerson(server);
    const { secret } = await protect(server, person);
    const { challenge } = (await logIn(server, person)).body;
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        verify(server, challenge.id, index % 2 === 0 ? 'totp' : 'recovery', wrongCode(secret)),
      ),
    );
    expect(answers.filter(({ body }) => body.code === 'code_invalid')).toHaveLength(5);
    expect(refused(await verify(server, challenge.id, 'totp', appCode(secret)))).toEqual([401, 'challenge_ended']);
  });

  test('takes no method that it did not offer', async () => {
    const person = await registerPerson(server);
    await protect(server, person);
    const { challenge } = (await logIn(server, person)).body;
    for (const method of ['email', 'sms', 'passkey']) {
      expect(refused(await verify(server, challenge.id, method, '123456'))).toEqual([400, 'validation_failed']);
      const send = { body: { challengeId: challenge.id, method } };
      expect(refused(await call(server, '/auth/login/code', send))).toEqual([400, 'validation_failed']);
    }
  });

  test('that nobody was given is answered like one that is over', async () => {
    expect(refused(await verify(server, NOBODYS_CHALLENGE, 'totp', '123456'))).toEqual([401, 'challenge_ended']);
    const send = { body: { challengeId: NOBODYS_CHALLENGE, method: 'email' } };
    expect(refused(await call(server, '/auth/login/code', send))).toEqual([401, 'challenge_ended']);
  });

  test.each([
    {},
    { challengeId: 'x', method: 'totp', code: '1' },
    { challengeId: NOBODYS_CHALLENGE, method: 'magic', code: '1' },
    { challengeId: NOBODYS_CHALLENGE, method: ['totp'], code: '1' },
    { challengeId: NOBODYS_CHALLENGE, method: 'totp', code: 123_456 },
    { challengeId: NOBODYS_CHALLENGE, method: 'totp', code: '' },
    { challengeId: NOBODYS_CHALLENGE, method: 'totp', code: '1'.repeat(5_000) },
    { challengeId: NOBODYS_CHALLENGE, method: 'totp', code: '1', userId: NOBODYS_CHALLENGE },
  ])('is not answered by %j', async (body) => {
    expect(refused(await call(server, '/auth/login/verify', { body }))).toEqual([400, 'validation_failed']);
  });
});

test('log-ins, failures and ends are in the audit log, without what was typed', async () => {
  const person = await registerPerson(server);
  await call(server, '/auth/login', { body: { identifier: person.email, password: 'not the password' } });
  await call(server, '/auth/login', { body: { identifier: 'my secret by mistake', password: 'not the password' } });
  const { id, code } = await challengeByMail(person);
  await verify(server, id, 'email', otherThan(code));
  const { accessToken } = (await verify(server, id, 'email', code)).body;
  await call(server, '/auth/logout', { method: 'POST', accessToken });
  await sleep(50);
  const rows = await inDatabase<{ action: string; details: Record<string, unknown> }>(
    server,
    `SELECT action, details FROM audit_events WHERE subject_id = $1 ORDER BY id`,
    [person.id],
  );
  expect(
    rows.map(({ action, details }) => [action, details['method'] ?? details['step'] ?? details['reason']]),
  ).toEqual([
    ['account.registered', 'code'],
    ['login.succeeded', 'registration'],
    ['login.failed', 'password'],
    ['login.failed', 'email'],
    ['login.succeeded', 'email'],
    ['session.ended', 'logout'],
  ]);
  const [all] = await inDatabase<{ all: string }>(server, `SELECT string_agg(a::text, '') AS all FROM audit_events a`);
  expect(all?.all).not.toMatch(/my secret|not the password/);
});
