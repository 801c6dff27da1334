import { randomBytes } from 'node:crypto';
import { refused, type Refusal } from './support/chats.js';
import { type Answer, ask, call } from './support/http.js';
import { mailedCode, newRegistration, type Person, registerPerson } from './support/people.js';
import { sharedServer } from './support/shared-server.js';

interface Check {
  available: boolean;
  problem?: string;
  suggestions: string[];
}

const server = sharedServer();
/** Letters that look like nothing else, so that names of different tests do not look alike. */
const mark = (): string => randomBytes(6).toString('hex').replaceAll('0', 'x').replaceAll('1', 'y');
const check = (username: string): Promise<Check> =>
  ask(server, `/users/username-check?username=${encodeURIComponent(username)}`);
const rename = ({ accessToken }: Person, username: string): Promise<Answer<Refusal & { username: string }>> =>
  call(server, '/users/me/username', { method: 'PUT', body: { username }, accessToken });

test('a free username is free, and a taken one comes with others that are', async () => {
  const username = `q${mark()}`;
  expect(await check(` ${username.toUpperCase()} `)).toEqual({ available: true, suggestions: [] });
  await registerPerson(server, { username });
  const { available, problem, suggestions } = await check(username);
  expect([available, problem, suggestions.length]).toEqual([false, 'taken', 3]);
  for (const suggestion of suggestions) {
    expect(suggestion).toContain(username);
    expect((await check(suggestion)).available).toBe(true);
  }
});

test.each([
  ['too short', 'ab', 'length'],
  ['too long', 'x'.repeat(31), 'length'],
  ['Cyrillic letters', 'аdmіn', 'characters'],
  ['a zero-width space', 'ad\u200bmin', 'characters'],
  ['a Turkish dotless i', 'admın', 'characters'],
  ['a space', 'a b c', 'characters'],
  ['a reserved name', 'admin', 'reserved'],
  ['a reserved name in wide letters', 'ａｄｍｉｎ', 'reserved'],
  ['what looks like one', 'adrn1n', 'reserved'],
  ['what looks like one, with separators', 'a.d-m_i_n', 'reserved'],
])('a username with %s is nobody’s', async (_what, username, problem) => {
  expect(await check(username)).toMatchObject({ available: false, problem });
  const { status } = await call(server, '/auth/register', {
    body: newRegistration({ username, email: `${mark()}@example.test` }),
  });
  expect(status).toBe(400);
});

test.each([['%'], ['a'.repeat(101)], ['']])('a check refuses or denies %j', async (username) => {
  const path = `/users/username-check?username=${encodeURIComponent(username)}`;
  const { status, body } = await call<Check>(server, path);
  expect(status === 400 || !body.available).toBe(true);
});

test('a check of several names at once is refused', async () => {
  expect((await call(server, '/users/username-check?username=a&username=b')).status).toBe(400);
  expect((await call(server, '/users/username-check')).status).toBe(400);
});

test.each([
  ['digits for letters', (base: string) => `l0${base}`, (base: string) => `1o${base}`],
  ['two letters for one', (base: string) => `vvrn${base}`, (base: string) => `wm${base}`],
  ['separators', (base: string) => `a.${base}`, (base: string) => `a_${base}_`],
])('nobody can take a name that looks like somebody’s by %s', async (_what, original, copy) => {
  const base = mark();
  await registerPerson(server, { username: original(base) });
  expect(await check(copy(base))).toMatchObject({ available: false, problem: 'taken' });
  const body = newRegistration({ username: copy(base) });
  expect(refused(await call<Refusal>(server, '/auth/register', { body }))).toEqual([409, 'username_taken']);
});

test('of two who register look-alikes at the same moment one gets it', async () => {
  const base = mark();
  const drafts = [newRegistration({ username: `a.${base}` }), newRegistration({ username: `a_${base}` })];
  for (const body of drafts) await ask(server, '/auth/register', { body });
  const codes = await Promise.all(drafts.map(({ email }) => mailedCode(server, email)));
  const answers = await Promise.all(
    drafts.map(({ email }, index) => call(server, '/auth/verify-email', { body: { email, code: codes[index] } })),
  );
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
});

test('somebody changes their username, keeps the old one for a while, and can take it back', async () => {
  const person = await registerPerson(server, { username: `old${mark()}` });
  const other = await registerPerson(server);
  const fresh = `new${mark()}`;
  expect((await rename(person, fresh)).body.username).toBe(fresh);
  const found = await ask<{ items: { id: string }[] }>(server, `/users?query=${fresh}`, {
    accessToken: other.accessToken,
  });
  expect(found.items.map(({ id }) => id)).toEqual([person.id]);
  expect(refused(await rename(other, person.username))).toEqual([409, 'username_taken']);
  expect((await check(person.username)).problem).toBe('taken');
  expect(refused(await rename(person, `third${mark()}`))).toEqual([409, 'conflict']);
  expect((await rename(person, person.username)).body.username).toBe(person.username);
  expect(refused(await rename(other, fresh))).toEqual([409, 'username_taken']);
  await ask(server, '/auth/login', { body: { identifier: person.username, password: person.password } });
});

test('a name of one’s own may be written with other separators', async () => {
  const base = mark();
  const person = await registerPerson(server, { username: `a.${base}` });
  expect((await rename(person, `a_${base}`)).status).toBe(200);
});

test('of two who want a name at the same moment one gets it, and a name is changed once', async () => {
  const [one, two] = [await registerPerson(server), await registerPerson(server)];
  const wish = `w${mark()}`;
  const answers = await Promise.all([rename(one, wish), rename(two, wish)]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  const person = await registerPerson(server);
  const twice = await Promise.all([rename(person, `s${mark()}`), rename(person, `t${mark()}`)]);
  expect(twice.map(({ status }) => status).toSorted()).toEqual([200, 409]);
});

test.each([[{ username: 'admin' }], [{ username: 1 }], [{}], [{ username: 'fine', userId: 'x' }]])(
  'a change of username refuses %j',
  async (body) => {
    const { accessToken } = await registerPerson(server);
    expect((await call(server, '/users/me/username', { method: 'PUT', body, accessToken })).status).toBe(400);
  },
);
