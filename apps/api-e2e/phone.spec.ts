import { randomInt } from 'node:crypto';
import { codeFor, type Me, otherThan, post, receivedBy, type Refusal } from './support/contact-changes.js';
import { inDatabase } from './support/database.js';
import { type Answer, ask, call } from './support/http.js';
import { mailedCode, newRegistration, type Person, registerPerson } from './support/people.js';
import { startServer, type TestServer } from './support/server.js';

let server: TestServer;
let person: Person;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.destroy());
beforeEach(async () => {
  person = await registerPerson(server);
});

/** A number that no other test has. */
const newNumber = (): string => `+4930${randomInt(1_000_000, 9_999_999)}`;
const request = (by: Person, phone: unknown, password: unknown = by.password): Promise<Answer<Refusal>> =>
  post(server, by, 'phone-change', { phone, password });
const confirm = (by: Person, code: unknown): Promise<Answer<Me & Refusal>> =>
  post(server, by, 'phone-change/confirm', { code });
const me = (of: Person): Promise<Me> => ask(server, '/users/me', { accessToken: of.accessToken });

/** Gives somebody a verified number, as the steps for it go. */
async function verify(by: Person, phone: string): Promise<Answer<Me & Refusal>> {
  await ask(server, '/auth/phone-change', { accessToken: by.accessToken, body: { phone, password: by.password } });
  const answer = await confirm(by, await codeFor(server, phone, 'confirm this number'));
  await letTimePass(by);
  return answer;
}

/** So that the next request comes after the half minute that one waits. */
async function letTimePass({ id }: Person): Promise<void> {
  await inDatabase(server, `UPDATE phone_changes SET code_sent_at = now() - interval '31 s' WHERE user_id = $1`, [id]);
}

test('a number that is given when registering is kept in one form, unverified', async () => {
  const registration = newRegistration();
  await ask(server, '/auth/register', { body: { ...registration, phone: '+49 (30) 901-820' } });
  const code = await mailedCode(server, registration.email);
  const { user } = await ask<{ user: Me }>(server, '/auth/verify-email', { body: { email: registration.email, code } });
  expect(user).toMatchObject({ phone: '+4930901820', phoneVerified: false, language: 'en' });
});

test.each(['030 901820', 'call me', '+49', '+49 30 901820 ext 5', '', '+1'.padEnd(200, '5'), 7, ['+4930901820']])(
  'registering with the number %j is refused with words beside the field',
  async (phone) => {
    const { status, body } = await call<Refusal>(server, '/auth/register', {
      body: { ...newRegistration(), phone },
    });
    expect([status, body.code, body.errors?.[0]?.path]).toEqual([400, 'validation_failed', 'phone']);
  },
);

test('a texted code makes a number one’s own, and the e-mail address hears of it', async () => {
  const phone = newNumber();
  const { status, body } = await verify(person, phone);
  expect([status, body.phone, body.phoneVerified]).toEqual([200, phone, true]);
  const [text] = await receivedBy(server, phone);
  expect(text).toMatchObject({ to: phone, channel: 'sms', subject: '', html: '' });
  const [mail] = await receivedBy(server, person.email);
  expect(mail).toMatchObject({ channel: 'email', subject: 'Your phone number was changed' });
  expect(mail?.text).toContain(phone);
});

test('the number before hears of the next one, and of being removed', async () => {
  const [first, second] = [newNumber(), newNumber()];
  await verify(person, first);
  await verify(person, second);
  expect((await receivedBy(server, first))[0]?.text).toMatch(/has another phone number now/);
  const wrong = await post(server, person, 'phone-change/remove', { password: 'not mine' });
  expect(wrong.body.code).toBe('credentials_invalid');
  const removed = await post<Me>(server, person, 'phone-change/remove', { password: person.password });
  expect([removed.status, removed.body.phone, removed.body.phoneVerified]).toEqual([200, null, false]);
  expect((await receivedBy(server, second))[0]?.text).toMatch(/no longer belongs to your account/);
  expect((await receivedBy(server, person.email))[0]?.subject).toBe('Your phone number was removed');
  const again = await post<Me>(server, person, 'phone-change/remove', { password: person.password });
  expect([again.status, again.body.phone]).toEqual([200, null]);
});

test('five wrong guesses at once end it even for the right code', async () => {
  const phone = newNumber();
  await request(person, phone);
  const code = await codeFor(server, phone, 'confirm this number');
  await Promise.all(Array.from({ length: 12 }, () => confirm(person, otherThan(code))));
  expect((await confirm(person, code)).body.code).toBe('code_invalid');
  expect((await me(person)).phoneVerified).toBe(false);
});

test('the code of one person is good for nobody else', async () => {
  const other = await registerPerson(server);
  const phone = newNumber();
  await request(person, phone);
  await request(other, newNumber());
  expect((await confirm(other, await codeFor(server, phone, 'confirm this number'))).body.code).toBe('code_invalid');
});

test('a number that somebody has verified gets the same answer, and its owner a text without a code', async () => {
  const owner = await registerPerson(server);
  const phone = newNumber();
  await verify(owner, phone);
  const fresh = await registerPerson(server);
  const [forUsed, forFree] = await Promise.all([request(person, phone), request(fresh, newNumber())]);
  expect([forUsed.status, forUsed.body]).toEqual([forFree.status, forFree.body]);
  const [text] = await receivedBy(server, phone);
  expect(text?.text).toMatch(/wanted to use this number for another account/);
  expect(text?.text).not.toMatch(/\d{6}/);
  expect((await confirm(person, '000000')).body.code).toBe('code_invalid');
});

test('two may claim a number, and of two who prove it at the same moment one gets it', async () => {
  const rival = await registerPerson(server);
  const phone = newNumber();
  await request(person, phone);
  const mine = await codeFor(server, phone, 'confirm this number');
  await request(rival, phone);
  const theirs = /^\d{6}/.exec((await receivedBy(server, phone))[0]?.text ?? '')?.[0];
  const answers = await Promise.all([confirm(person, mine), confirm(rival, theirs)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
});

test('one’s own number and a hurry are refused', async () => {
  const phone = newNumber();
  await verify(person, phone);
  expect((await request(person, phone)).body.code).toBe('conflict');
  await request(person, newNumber());
  const hurried = await request(person, newNumber());
  expect([hurried.status, hurried.headers.get('retry-after')]).toEqual([429, '30']);
});

test('others see neither number nor language, and the log no whole number', async () => {
  const phone = newNumber();
  await verify(person, phone);
  const other = await registerPerson(server);
  const seen = await ask<object>(server, `/users/${person.id}`, { accessToken: other.accessToken });
  expect(Object.keys(seen).sort()).toEqual([
    'about',
    'avatarUrl',
    'displayName',
    'id',
    'isContact',
    'pronouns',
    'username',
  ]);
  const rows = await inDatabase<{ details: object }>(
    server,
    `SELECT action, details FROM audit_events WHERE subject_id = $1 AND action LIKE 'phone.%' ORDER BY id`,
    [person.id],
  );
  expect(rows).toHaveLength(2);
  expect(JSON.stringify(rows)).not.toContain(phone);
});

test('neither number nor code is in the log of the server', async () => {
  const phone = newNumber();
  await verify(person, phone);
  const text = (await receivedBy(server, phone))[0]?.text ?? '';
  const code = /\d{6}/.exec(text)?.[0] ?? 'none';
  expect(server.logs.filter((line) => line.includes(phone) || line.includes(code))).toEqual([]);
});
