import { randomBytes } from 'node:crypto';
import { type Answer, ask, call } from './support/http.js';
import { type Person, registerPerson } from './support/people.js';
import { sharedServer } from './support/shared-server.js';

interface Refusal {
  code: string;
  errors?: { path: string }[];
}
interface User {
  id: string;
  username: string;
  displayName: string;
}
interface Page {
  items: User[];
  nextCursor: string | null;
}

const server = sharedServer();
let person: Person;

beforeAll(async () => {
  person = await registerPerson(server);
});

const search = (query: string, more = ''): Promise<Page> =>
  ask(server, `/users?query=${encodeURIComponent(query)}${more}`, { accessToken: person.accessToken });
const patch = (body: unknown): Promise<Answer<Refusal & User>> =>
  call(server, '/users/me', { method: 'PATCH', body, accessToken: person.accessToken });

test('somebody changes their name and their words, and others see it', async () => {
  expect(
    (await patch({ displayName: '  Åsa 👩‍🚀 عائشة ', about: 'Line one\nline two', pronouns: ' they/them ' })).status,
  ).toBe(200);
  const other = await registerPerson(server);
  const seen = await ask<User>(server, `/users/${person.id}`, { accessToken: other.accessToken });
  // Public fields and nothing else: no address, no role.
  expect(seen).toEqual({
    id: person.id,
    username: person.username,
    displayName: 'Åsa 👩‍🚀 عائشة',
    avatarUrl: null,
    about: 'Line one\nline two',
    pronouns: 'they/them',
    isContact: false,
  });
});

test.each([
  ['a role', { role: 'admin' }, 'role'],
  ['another address', { email: 'other@example.test' }, 'email'],
  ['a username', { username: 'other' }, 'username'],
  ['a suspension', { suspendedAt: null }, 'suspendedAt'],
  ['a verification', { emailVerifiedAt: '2020-01-01T00:00:00Z' }, 'emailVerifiedAt'],
  ['a deletion', { deletedAt: null }, 'deletedAt'],
  ['an id', { id: '01a1fd42-e68d-753e-93b6-000000000000' }, 'id'],
  ['privacy', { privacy: { email: 'everyone' } }, 'privacy'],
  ['long pronouns', { pronouns: 'x'.repeat(31) }, 'pronouns'],
  ['pronouns on two lines', { pronouns: 'she\nher' }, 'pronouns'],
  ['pronouns that turn the text around', { pronouns: '\u202eshe' }, 'pronouns'],
  ['pronouns that are a list', { pronouns: ['she'] }, 'pronouns'],
  ['a name that turns the text around', { displayName: 'Ann\u202e' }, 'displayName'],
  ['a name with what nobody sees', { displayName: 'An\u200bn' }, 'displayName'],
  ['an empty name', { displayName: '   ' }, 'displayName'],
  ['a very long name', { displayName: 'x'.repeat(81) }, 'displayName'],
  ['control characters', { about: 'a\u0000b' }, 'about'],
  ['a prototype', JSON.parse('{"__proto__x": 1}') as object, '__proto__x'],
])('changing oneself refuses %s', async (_what, body, path) => {
  const { status, body: problem } = await patch(body);
  expect([status, problem.code, problem.errors?.[0]?.path]).toEqual([400, 'validation_failed', path]);
});

test('people are found by parts of their names, without regard to case and accents', async () => {
  const mark = randomBytes(4).toString('hex');
  const found = await registerPerson(server, { username: `zoe.${mark}`, displayName: `Zoë Łukasz Ørsted${mark}` });
  for (const query of [
    `ZOE.${mark}`,
    `orsted${mark}`,
    `ØRSTED${mark}`,
    `łukasz orsted${mark}`,
    `oe lukasz ørsted${mark}`,
  ]) {
    expect((await search(query)).items.map(({ id }) => id)).toEqual([found.id]);
  }
  expect((await search(found.email)).items).toEqual([]);
  expect((await search(`%${mark}`)).items).toEqual([]);
  expect((await search(`_${mark}`)).items).toEqual([]);
});

test('pages follow each other without gaps and repetitions, those whose names begin with the query first', async () => {
  const mark = `q${randomBytes(4).toString('hex')}`;
  const usernames = [`${mark}_b`, `x_${mark}`, `${mark}_a`, `y_${mark}`, `${mark}_c`];
  for (const username of usernames) await registerPerson(server, { username });
  const seen: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: Page = await search(mark, `&limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
    expect(page.items.length).toBeLessThanOrEqual(2);
    seen.push(...page.items.map(({ username }) => username));
    cursor = page.nextCursor;
  }
  expect(seen).toEqual([`${mark}_a`, `${mark}_b`, `${mark}_c`, `x_${mark}`, `y_${mark}`]);
});

test.each([
  ['an invented cursor', '/users?cursor=nonsense', 400],
  ['a limit beyond the bound', '/users?limit=101', 400],
  ['an unknown parameter', '/users?where=1', 400],
  ['a NUL in the query', '/users?query=%00', 400],
  ['an id that is none', '/users/none', 400],
  ['an id nobody has', '/users/01a1fd42-e68d-753e-93b6-000000000000', 404],
])('looking for people refuses %s', async (_what, path, status) => {
  expect((await call(server, path, { accessToken: person.accessToken })).status).toBe(status);
});

test('strangers see nobody', async () => {
  expect((await call<Refusal>(server, '/users?query=a')).body.code).toBe('unauthenticated');
});
