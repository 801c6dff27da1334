import { codeFor, type Me, otherThan, post, receivedBy, type Refusal } from './support/contact-changes.js';
import { inDatabase } from './support/database.js';
import { type Answer, ask, call } from './support/http.js';
import { mailedCode, newRegistration, type Person, registerPerson } from './support/people.js';
import { startServer, type TestServer } from './support/server.js';

const NEW_ADDRESS = 'new e-mail address';

let server: TestServer;
let person: Person;
let wanted: string;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.destroy());
beforeEach(async () => {
  person = await registerPerson(server);
  wanted = newRegistration().email;
});

const request = (by: Person, email: unknown, password: unknown = by.password): Promise<Answer<Refusal>> =>
  post(server, by, 'email-change', { email, password });
const confirm = (by: Person, presentCode: unknown, newCode: unknown): Promise<Answer<Me & Refusal>> =>
  post(server, by, 'email-change/confirm', { presentCode, newCode });
const codes = async (by: Person, to: string): Promise<[string, string]> => [
  await codeFor(server, by.email, NEW_ADDRESS),
  await codeFor(server, to, NEW_ADDRESS),
];
const me = (of: Person): Promise<Me> => ask(server, '/users/me', { accessToken: of.accessToken });
const login = (identifier: string, { password }: Person): Promise<Answer<Refusal>> =>
  call(server, '/auth/login', { body: { identifier, password } });

test('with both codes the address is another one, both mailboxes hear of it, and devices stay signed in', async () => {
  const elsewhere = await ask<{ accessToken: string }>(server, '/auth/login', {
    body: { identifier: person.email, password: person.password },
  });
  expect((await request(person, ` ${wanted.toUpperCase()} `)).status).toBe(202);
  const changed = await confirm(person, ...(await codes(person, wanted)));
  expect([changed.status, changed.body.email]).toEqual([200, wanted]);
  expect((await me({ ...person, ...elsewhere })).email).toBe(wanted);
  expect((await login(wanted, person)).status).toBe(200);
  expect((await login(person.email, person)).body.code).toBe('credentials_invalid');
  for (const address of [person.email, wanted]) {
    const [news] = await receivedBy(server, address);
    expect(news?.subject).toBe('Your e-mail address was changed');
    for (const one of [person.email, wanted, `${server.url}/settings`]) expect(news?.text).toContain(one);
  }
  const sessions = await ask<{ items: unknown[] }>(server, '/auth/sessions', { accessToken: person.accessToken });
  expect(sessions.items.length).toBeGreaterThanOrEqual(2);
});

test('neither code is enough without the other, and swapped they are wrong', async () => {
  await request(person, wanted);
  const [present, next] = await codes(person, wanted);
  const attempts = [
    [present, otherThan(next)],
    [otherThan(present), next],
    [next, present],
  ] as const;
  for (const attempt of attempts) expect((await confirm(person, ...attempt)).body.code).toBe('code_invalid');
  expect((await me(person)).email).toBe(person.email);
});

test('five wrong guesses, at once from two devices, end it even for the right codes', async () => {
  await request(person, wanted);
  const right = await codes(person, wanted);
  const guesses = await Promise.all(Array.from({ length: 20 }, () => confirm(person, otherThan(right[0]), right[1])));
  expect(new Set(guesses.map(({ status }) => status))).toEqual(new Set([400]));
  expect((await confirm(person, ...right)).body.code).toBe('code_invalid');
});

test('codes that are older than ten minutes are good for nothing', async () => {
  await request(person, wanted);
  const right = await codes(person, wanted);
  await inDatabase(server, `UPDATE email_changes SET code_expires_at = now() WHERE user_id = $1`, [person.id]);
  expect((await confirm(person, ...right)).body.code).toBe('code_invalid');
});

test('the right codes, twice at the same moment, change the address once', async () => {
  await request(person, wanted);
  const right = await codes(person, wanted);
  const answers = await Promise.all([confirm(person, ...right), confirm(person, ...right)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
});

test('another request has to wait half a minute, and its codes take the place of the first', async () => {
  await request(person, wanted);
  const [present, next] = await codes(person, wanted);
  const tooSoon = await request(person, wanted);
  expect([tooSoon.status, tooSoon.headers.get('retry-after')]).toEqual([429, '30']);
  await inDatabase(server, `UPDATE email_changes SET code_sent_at = now() - interval '31 s' WHERE user_id = $1`, [
    person.id,
  ]);
  const elsewhere = newRegistration().email;
  expect((await request(person, elsewhere)).status).toBe(202);
  await codes(person, elsewhere);
  expect((await confirm(person, present, next)).body.code).toBe('code_invalid');
});

test('a used address gets the same answer, its owner a mail without a code, and nothing can be confirmed', async () => {
  const owner = await registerPerson(server);
  const fresh = await registerPerson(server);
  const [forUsed, forFree] = await Promise.all([request(person, owner.email), request(fresh, wanted)]);
  expect([forUsed.status, forUsed.body]).toEqual([forFree.status, forFree.body]);
  const [news] = await receivedBy(server, owner.email);
  expect(news?.subject).toBe('This address already has an account');
  expect(news?.text).not.toMatch(/^\d{6}$/m);
  expect(news?.text).not.toContain(person.username);
  const present = await codeFor(server, person.email, NEW_ADDRESS);
  expect((await confirm(person, present, '000000')).body.code).toBe('code_invalid');
});

test('of two people who prove the same address at the same moment one gets it', async () => {
  const rival = await registerPerson(server);
  await request(person, wanted);
  const [presentOfPerson, newOfPerson] = await codes(person, wanted);
  await request(rival, wanted);
  const presentOfRival = await codeFor(server, rival.email, NEW_ADDRESS);
  const mailed = (await receivedBy(server, wanted)).find(({ text }) => text.includes(`@${rival.username}`));
  const newOfRival = /^\d{6}/.exec(mailed?.text ?? '')?.[0];
  const answers = await Promise.all([
    confirm(person, presentOfPerson, newOfPerson),
    confirm(rival, presentOfRival, newOfRival),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(answers.find(({ status }) => status === 409)?.body.code).toBe('conflict');
});

test('a registration of the address that was under way is gone, and breaks nothing', async () => {
  const registration = newRegistration({ email: wanted });
  await ask(server, '/auth/register', { body: registration });
  const code = await mailedCode(server, wanted);
  await request(person, wanted);
  await confirm(person, ...(await codes(person, wanted)));
  const late = await call<Refusal>(server, '/auth/verify-email', { body: { email: wanted, code } });
  expect([late.status, late.body.code]).toEqual([400, 'code_invalid']);
});

test('whoever reads the old mailbox cannot choose a new password with a code that went there before', async () => {
  await ask(server, '/auth/forgot-password', { body: { email: person.email } });
  const reset = await codeFor(server, person.email, 'new password');
  await request(person, wanted);
  await confirm(person, ...(await codes(person, wanted)));
  const stolen = await call<Refusal>(server, '/auth/reset-password', {
    body: { email: wanted, code: reset, password: 'what the thief would like' },
  });
  expect(stolen.body.code).toBe('code_invalid');
});

test('the password is asked for, and one’s own address refused', async () => {
  const wrong = await request(person, wanted, 'not my password');
  expect([wrong.status, wrong.body.code]).toEqual([401, 'credentials_invalid']);
  expect((await request(person, person.email)).body.code).toBe('conflict');
  expect(await receivedBy(server, wanted)).toEqual([]);
});

test.each([
  ['no address', { password: 'x' }, 'email'],
  ['a list of addresses', { email: ['a@b.test'], password: 'x' }, 'email'],
  ['two addresses', { email: 'a@b.test, c@d.test', password: 'x' }, 'email'],
  ['a header in the address', { email: 'a@b.test\r\nBcc: c@d.test', password: 'x' }, 'email'],
  ['a huge address', { email: `${'a'.repeat(300)}@b.test`, password: 'x' }, 'email'],
  ['no password', { email: 'a@b.test' }, 'password'],
  ['somebody else’s id', { email: 'a@b.test', password: 'x', userId: 'x' }, 'userId'],
])('a request with %s is refused', async (_what, body, path) => {
  const { status, body: problem } = await post(server, person, 'email-change', body);
  expect([status, problem.errors?.map((error) => error.path)]).toEqual([400, expect.arrayContaining([path])]);
});

test.each(['email-change', 'email-change/confirm', 'phone-change', 'phone-change/confirm', 'phone-change/remove'])(
  'nobody who is not signed in gets to %s',
  async (path) => {
    expect((await call(server, `/auth/${path}`, { body: {} })).status).toBe(401);
  },
);

test('the log knows of it, without whole addresses and codes', async () => {
  await request(person, wanted);
  await confirm(person, ...(await codes(person, wanted)));
  const rows = await inDatabase(
    server,
    `SELECT action, details FROM audit_events WHERE subject_id = $1 AND action LIKE 'email.%' ORDER BY id`,
    [person.id],
  );
  expect(rows).toEqual([
    { action: 'email.change-requested', details: { to: 'p…@example.test' } },
    { action: 'email.changed', details: { from: 'p…@example.test', to: 'p…@example.test' } },
  ]);
});

test('where addresses decide who comes in, nobody moves to another domain', async () => {
  const closed = await startServer({ REGISTRATION: 'example.test' });
  try {
    const member = await registerPerson(closed);
    const answer = await post(closed, member, 'email-change', {
      email: 'me@elsewhere.test',
      password: member.password,
    });
    expect([answer.status, answer.body.code]).toEqual([403, 'forbidden']);
  } finally {
    await closed.destroy();
  }
});
