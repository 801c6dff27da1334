import { randomUUID } from 'node:crypto';
import type { Chat } from '@chatr/contracts';
import {
  chatOf,
  directChat,
  groupOf,
  historyOf,
  refused,
  type Refusal,
  registerPeople,
  send,
  trySend,
} from './support/chats.js';
import { inDatabase } from './support/database.js';
import { type Answer, ask, call } from './support/http.js';
import type { Person } from './support/people.js';
import { startServer } from './support/server.js';
import { sharedServer } from './support/shared-server.js';

interface ChatPage {
  items: Chat[];
  nextCursor: string | null;
}

const server = sharedServer();
let ann: Person;
let bob: Person;
let eve: Person;

beforeAll(async () => {
  [ann, bob, eve] = await registerPeople(server, 'Ann', 'Bob', 'Eve');
});

const create = (body: unknown, { accessToken } = ann): Promise<Answer<Chat & Refusal>> =>
  call(server, '/chats', { body, accessToken });
const list = (person: Person, query = ''): Promise<ChatPage> =>
  ask(server, `/chats${query}`, { accessToken: person.accessToken });

describe('a direct chat', () => {
  it('is the same one each time, from both sides', async () => {
    const { id } = await directChat(server, ann, bob);
    expect((await directChat(server, ann, bob)).id).toBe(id);
    expect((await directChat(server, bob, ann)).id).toBe(id);
  });

  it('is the same one when both open it at the same moment', async () => {
    const [carl, dora] = await registerPeople(server, 'Carl', 'Dora');
    const chats = await Promise.all(
      [carl, dora, carl, dora, carl, dora].map((person) => directChat(server, person, person === carl ? dora : carl)),
    );
    expect(new Set(chats.map(({ id }) => id)).size).toBe(1);
    expect((await list(carl)).items).toHaveLength(1);
    expect((await list(dora)).items).toHaveLength(1);
  });

  it('is the same one whichever case the id is written in', async () => {
    const { id } = await directChat(server, ann, bob);
    const { status, body } = await create({ type: 'direct', userId: bob.id.toUpperCase() });
    expect([status, body.id]).toEqual([201, id]);
  });

  it('shows each of the two the other one’s name', async () => {
    const { id } = await directChat(server, ann, bob);
    await send(server, bob, id, 'hello');
    expect(await chatOf(server, ann, id)).toMatchObject({
      name: 'Bob',
      unreadCount: 1,
      lastMessage: { content: 'hello' },
    });
    expect(await chatOf(server, bob, id)).toMatchObject({
      name: 'Ann',
      unreadCount: 0,
      lastMessage: { content: 'hello' },
    });
  });

  it('is with somebody else', async () => {
    expect(refused(await create({ type: 'direct', userId: ann.id }))).toEqual([400, 'validation_failed']);
    expect(refused(await create({ type: 'direct', userId: ann.id.toUpperCase() }))).toEqual([400, 'validation_failed']);
  });

  it('is with somebody who exists', async () => {
    expect(refused(await create({ type: 'direct', userId: randomUUID() }))).toEqual([404, 'not_found']);
  });

  it('does not show itself to a third person', async () => {
    const { id } = await directChat(server, ann, bob);
    const { accessToken } = eve;
    expect(refused(await call(server, `/chats/${id}`, { accessToken }))).toEqual([403, 'not_a_member']);
    expect(refused(await call(server, `/chats/${id}/messages`, { accessToken }))).toEqual([403, 'not_a_member']);
    expect(refused(await call(server, `/groups/${id}`, { accessToken }))).toEqual([403, 'not_a_member']);
    expect(refused(await trySend(server, eve, id, { content: 'let me in' }))).toEqual([403, 'not_a_member']);
    expect(refused(await call(server, `/chats/${id}/read`, { body: { seq: 1 }, accessToken }))).toEqual([
      403,
      'not_a_member',
    ]);
    // A chat that does not exist looks the same.
    expect(refused(await call(server, `/chats/${randomUUID()}`, { accessToken }))).toEqual([403, 'not_a_member']);
  });
});

test.each([
  ['nothing', {}],
  ['an unknown type', { type: 'channel', name: 'x' }],
  ['nobody', { type: 'direct' }],
  ['somebody who is no id', { type: 'direct', userId: 'bob' }],
  ['somebody who is a list', { type: 'direct', userId: [randomUUID()] }],
  ['an unknown field', { type: 'direct', userId: randomUUID(), admin: true }],
  ['a group without a name', { type: 'group', memberIds: [] }],
  ['a group with an empty name', { type: 'group', name: '   ', memberIds: [] }],
  ['a group with a long name', { type: 'group', name: 'x'.repeat(101), memberIds: [] }],
  ['a group with a NUL in its name', { type: 'group', name: 'a\u0000b', memberIds: [] }],
  ['a group with half a character in its name', { type: 'group', name: 'a\uD800', memberIds: [] }],
  ['a group without a list of members', { type: 'group', name: 'x' }],
  ['a group with somebody twice', { type: 'group', name: 'x', memberIds: Array(2).fill(randomUUID()) }],
  ['a group with null in it', { type: 'group', name: 'x', memberIds: [null] }],
  ['a group that is null', null],
  ['a list', [{ type: 'direct' }]],
])('no chat comes of %s', async (_what, body) => {
  const { status, body: problem } = await create(body);
  expect([status, ['validation_failed', 'malformed_json'].includes(problem.code)]).toEqual([400, true]);
});

test('no group comes of an unknown person', async () => {
  expect(refused(await create({ type: 'group', name: 'x', memberIds: [bob.id, randomUUID()] }))).toEqual([
    404,
    'not_found',
  ]);
});

test('no group comes of somebody twice, once in capitals', async () => {
  const answer = await create({ type: 'group', name: 'x', memberIds: [bob.id, bob.id.toUpperCase()] });
  expect(refused(answer)).toEqual([400, 'validation_failed']);
});

test('the list stands in the order of the newest activity', async () => {
  const [gil, hal] = await registerPeople(server, 'Gil', 'Hal');
  const chats: string[] = [];
  for (const other of [ann, bob, eve, hal]) chats.push((await directChat(server, gil, other)).id);
  const [first, second, third, fourth] = chats as [string, string, string, string];
  const ids = async (): Promise<string[]> => (await list(gil)).items.map(({ id }) => id);
  expect(await ids()).toEqual([fourth, third, second, first]);
  await send(server, ann, first, 'up');
  await send(server, gil, third, 'and up');
  expect(await ids()).toEqual([third, first, fourth, second]);
});

test('unread messages are counted exactly up to 99, and 100 means more', async () => {
  const [gil, hal] = await registerPeople(server, 'Gil', 'Hal');
  const { id } = await directChat(server, gil, hal);
  const unread = async (): Promise<number> => (await chatOf(server, hal, id)).unreadCount;
  for (let number = 1; number <= 99; number++) await send(server, gil, id, `message ${number}`);
  expect(await unread()).toBe(99);
  await send(server, gil, id, 'one more');
  expect(await unread()).toBe(100);
  await send(server, gil, id, 'and another');
  expect(await unread()).toBe(100);

  await ask(server, `/chats/${id}/read`, { body: { seq: 98 }, accessToken: hal.accessToken });
  expect(await unread()).toBe(3);
  // What was unsent is nothing to read any more, and one's own message is read by having been written.
  const { items } = await historyOf(server, gil, id);
  await ask(server, `/messages/${items.at(-1)?.id}`, { method: 'DELETE', accessToken: gil.accessToken });
  expect(await unread()).toBe(2);
  await send(server, hal, id, 'answer');
  expect(await unread()).toBe(0);
});

describe('a long list', () => {
  const CHATS = 120;
  let gil: Person;

  beforeAll(async () => {
    [gil] = await registerPeople(server, 'Gil');
    for (let number = 0; number < CHATS; number += 10) {
      await Promise.all(Array.from({ length: 10 }, () => groupOf(server, gil, ann)));
    }
  });

  it('comes page by page without loss and without doubles', async () => {
    for (const limit of [7, 50, 100]) {
      const ids: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const page: ChatPage = await list(gil, `?limit=${limit}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
        expect(page.items.length).toBeLessThanOrEqual(limit);
        ids.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      }
      expect([ids.length, new Set(ids).size]).toEqual([CHATS, CHATS]);
    }
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=501', 'limit'],
    ['limit=-1', 'limit'],
    ['limit=abc', 'limit'],
    ['limit=1.5', 'limit'],
    ['cursor=', 'cursor'],
    ['cursor=abc', 'cursor'],
    ['cursor=a&cursor=b', 'cursor'],
    ['offset=10', 'offset'],
  ])('is refused with %s', async (query, path) => {
    const answer = await call<Refusal>(server, `/chats?${query}`, { accessToken: gil.accessToken });
    expect([...refused(answer), answer.body.errors?.[0]?.path]).toEqual([400, 'validation_failed', path]);
  });
});

test('a list of a hundred chats takes as many statements as a list of one', async () => {
  const counting = await startServer();
  try {
    const [gil, hal] = await registerPeople(counting, 'Gil', 'Hal');
    await inDatabase(counting, `ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'`);
    await counting.stop();
    await counting.restart();
    await inDatabase(counting, 'CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
    const statementsOfList = async (): Promise<number> => {
      await ask(counting, '/chats?limit=100', { accessToken: gil.accessToken });
      await inDatabase(counting, 'SELECT pg_stat_statements_reset()');
      await ask(counting, '/chats?limit=100', { accessToken: gil.accessToken });
      const [row] = await inDatabase<{ calls: string }>(
        counting,
        `SELECT sum(calls) AS calls FROM pg_stat_statements WHERE query ~ 'chat_members|messages|users'`,
      );
      return Number(row?.calls);
    };
    await groupOf(counting, gil, hal);
    const withOne = await statementsOfList();
    for (let number = 0; number < 100; number += 10) {
      await Promise.all(Array.from({ length: 10 }, () => groupOf(counting, gil, hal)));
    }
    expect(withOne).toBeGreaterThan(0);
    expect(await statementsOfList()).toBe(withOne);
  } finally {
    await counting.destroy();
  }
});
