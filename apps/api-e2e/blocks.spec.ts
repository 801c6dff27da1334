import { randomUUID } from 'node:crypto';
import type { ChatrClient } from '@chatr/client';
import type { Chat, Message, Presence, User } from '@chatr/contracts';
import {
  chatOf,
  directChat,
  groupOf,
  historyOf,
  inGroup,
  type Refusal,
  refused,
  registerPeople,
  send,
  trySend,
} from './support/chats.js';
import { closeClients, openClient, seen, until } from './support/clients.js';
import { expectFresh } from './support/expect-fresh.js';
import { type Answer, ask, call } from './support/http.js';
import type { Person } from './support/people.js';
import { sharedServer } from './support/shared-server.js';
import { closeSockets, openSocket, type RawSocket } from './support/sockets.js';

interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

const server = sharedServer();
/** Ann blocks, Bob is blocked, Eve knows both. */
let ann: Person;
let bob: Person;
let eve: Person;
let chat: Chat;

beforeEach(async () => {
  [ann, bob, eve] = await registerPeople(server, 'Ann', 'Bob', 'Eve');
  chat = await directChat(server, ann, bob);
});

afterEach(() => {
  closeSockets();
  closeClients();
});

const connect = ({ accessToken }: Person): Promise<RawSocket> => openSocket(server, accessToken);

const as = <T = Refusal | undefined>(
  { accessToken }: Person,
  method: 'GET' | 'PUT' | 'DELETE' | 'POST' | 'PATCH',
  path: string,
  body?: unknown,
): Promise<Answer<T>> => call<T>(server, path, { method, accessToken, ...(body === undefined ? {} : { body }) });

const block = async (who: Person, whom: Person): Promise<void> => {
  expect((await as(who, 'PUT', `/blocks/${whom.id}`)).status).toBe(204);
};

const unblock = async (who: Person, whom: Person): Promise<void> => {
  expect((await as(who, 'DELETE', `/blocks/${whom.id}`)).status).toBe(204);
};

const profile = (viewer: Person, { id }: Person): Promise<Answer<User & Refusal & { email?: string }>> =>
  as(viewer, 'GET', `/users/${id}`);

const found = async (viewer: Person, { username }: Person): Promise<string[]> =>
  (await as<Page<User>>(viewer, 'GET', `/users?query=${username}`)).body.items.map((user) => user.username);

/** How far somebody has come, as another member sees it. */
const positionOf = async (person: Person, viewer: Person): Promise<[number, number] | undefined> => {
  const member = (await chatOf(server, viewer, chat.id)).members?.find(({ user }) => user.id === person.id);
  return member && [member.deliveredSeq, member.readSeq];
};

describe('what somebody who was blocked may try', () => {
  let old: Message;

  beforeEach(async () => {
    old = await send(server, bob, chat.id, 'before');
    await block(ann, bob);
  });

  const draft = (more: object = {}): object => ({ clientId: randomUUID(), content: 'after', ...more });

  it.each<[string, (socket: RawSocket) => Promise<unknown>, unknown]>([
    ['write over REST', async () => refused(await trySend(server, bob, chat.id, { content: 'x' })), [403, 'blocked']],
    ['write over the socket', (his) => his.refusal('message:send', draft({ chatId: chat.id })), 'blocked'],
    ['write by her id', (his) => his.refusal('message:send', draft({ recipientId: ann.id })), 'blocked'],
    ['answer', (his) => his.refusal('message:send', draft({ chatId: chat.id, replyToId: old.id })), 'blocked'],
    ['edit', async () => refused(await as(bob, 'PATCH', `/messages/${old.id}`, { content: 'x' })), [403, 'blocked']],
    ['edit over the socket', (his) => his.refusal('message:edit', { messageId: old.id, content: 'x' }), 'blocked'],
    ['look at her', async () => refused(await profile(bob, ann)), [404, 'not_found']],
    ['search her', () => found(bob, ann), []],
    [
      'ask where she is',
      async (his) => (await his.tell<{ users: Presence[] }>('presence:request', [ann.id])).users,
      [{ userId: expect.anything(), status: 'offline' }],
    ],
    [
      'make a group with her',
      async () => refused(await as(bob, 'POST', '/chats', { type: 'group', name: 'G', memberIds: [ann.id, eve.id] })),
      [404, 'not_found'],
    ],
    [
      'add her to a group',
      async () => {
        const { id } = await groupOf(server, bob, eve);
        return refused(await inGroup(server, bob, id, 'POST', '/members', { userIds: [ann.id] }));
      },
      [404, 'not_found'],
    ],
    ['undo it', async () => (await as(bob, 'DELETE', `/blocks/${ann.id}`)).status, 204],
    ['find himself on a list', async () => (await as<Page<object>>(bob, 'GET', '/blocks')).body.items, []],
  ])('%s: it comes to nothing', async (_attempt, attempt, outcome) => {
    const hers = await connect(ann);
    expect(await attempt(await connect(bob))).toEqual(outcome);
    // Nothing of it reached her, and the block stands.
    expect(refused(await trySend(server, bob, chat.id, { content: 'still' }))).toEqual([403, 'blocked']);
    expect((await historyOf(server, ann, chat.id)).items.map(({ content }) => content)).toEqual(['before']);
    expect(hers.all('message:received')).toEqual([]);
    expect(hers.all('chat:created')).toEqual([]);
  });

  it('take back what he wrote: that says nothing new', async () => {
    expect((await as(bob, 'DELETE', `/messages/${old.id}`)).status).toBe(200);
    expect((await historyOf(server, ann, chat.id)).items.map(({ deletedAt }) => typeof deletedAt)).toEqual(['string']);
  });

  it('send again what is stored: it is answered with, as ever', async () => {
    const { status, body } = await trySend(server, bob, chat.id, { content: 'other', clientId: old.clientId });
    expect([status, body.content]).toEqual([200, 'before']);
    const his = await connect(bob);
    const again = { clientId: old.clientId, content: 'other' };
    for (const to of [{ chatId: chat.id }, { recipientId: ann.id }]) {
      expect(await his.tell('message:send', { ...to, ...again })).toMatchObject({
        replayed: true,
        message: { id: old.id },
      });
    }
  });

  it('open a chat where there was none: for him there is no such person', async () => {
    await block(ann, eve);
    expect(refused(await as(eve, 'POST', '/chats', { type: 'direct', userId: ann.id }))).toEqual([404, 'not_found']);
    const hers = await connect(eve);
    expect(await hers.refusal('message:send', draft({ recipientId: ann.id }))).toBe('not_found');
    // Nor can she, before she unblocks.
    expect(refused(await as(ann, 'POST', '/chats', { type: 'direct', userId: eve.id }))).toEqual([403, 'blocked']);
    await unblock(ann, eve);
    expect((await directChat(server, eve, ann)).blocked).toBe(false);
  });

  it('see her address, or keep her among his contacts', async () => {
    const sees = async (): Promise<unknown[]> => [
      (await profile(eve, ann)).body.email,
      (await as<Page<{ user: User }>>(eve, 'GET', '/contacts')).body.items.map(({ user }) => user.id),
    ];
    expect((await as(eve, 'PUT', `/contacts/${ann.id}`)).status).toBe(204);
    expect((await as(ann, 'PATCH', '/users/me/privacy', { email: 'everyone' })).status).toBe(200);
    expect(await sees()).toEqual([ann.email, [ann.id]]);
    await block(ann, eve);
    expect(await sees()).toEqual([undefined, []]);
    const [fay] = await registerPeople(server, 'Fay');
    await groupOf(server, fay, ann, eve);
    expect(await sees()).toEqual([undefined, []]);
    expect(refused(await as(eve, 'PUT', `/contacts/${ann.id}`))).toEqual([404, 'not_found']);
    await unblock(ann, eve);
    expect(await sees()).toEqual([ann.email, [ann.id]]);
  });

  it('see her name and picture, and no more, where they are in a group together', async () => {
    await ask(server, '/users/me', { method: 'PATCH', body: { about: 'at the lake' }, accessToken: ann.accessToken });
    const group = await groupOf(server, eve, ann, bob);
    const nameOnly = { id: ann.id, displayName: 'Ann', username: ann.username, about: '' };
    expect((await profile(bob, ann)).body).toMatchObject(nameOnly);
    const member = (await chatOf(server, bob, group.id)).members?.find(({ user }) => user.id === ann.id);
    expect(member?.user).toMatchObject(nameOnly);
    expect((await profile(eve, ann)).body.about).toBe('at the lake');
    // What is said there goes to everybody.
    await send(server, bob, group.id, 'to all');
    expect((await chatOf(server, ann, group.id)).lastMessage?.content).toBe('to all');
    await send(server, ann, group.id, 'to all, too');
    expect((await chatOf(server, bob, group.id)).lastMessage?.content).toBe('to all, too');
    expect((await profile(bob, ann)).status).toBe(200);
    await inGroup(server, eve, group.id, 'DELETE', `/members/${bob.id}`);
    expect((await profile(bob, ann)).status).toBe(404);
  });
});

test('who blocked keeps the chat and what was said, and cannot write either', async () => {
  await send(server, bob, chat.id, 'hello');
  await block(ann, bob);
  expect(await chatOf(server, ann, chat.id)).toMatchObject({ blocked: true, request: false, lastSeq: 1 });
  // He is not told.
  expect(await chatOf(server, bob, chat.id)).toMatchObject({ blocked: false, request: false, lastSeq: 1 });
  expect(refused(await trySend(server, ann, chat.id, { content: 'x' }))).toEqual([403, 'blocked']);
  expect(await found(ann, bob)).toEqual([bob.username]);
  expect((await profile(ann, bob)).status).toBe(200);
  await unblock(ann, bob);
  expect((await chatOf(server, ann, chat.id)).blocked).toBe(false);
  await send(server, ann, chat.id, 'again');
  await send(server, bob, chat.id, 'friends');
  expect(await found(bob, ann)).toEqual([ann.username]);
});

test('two who block each other stay apart until both have unblocked', async () => {
  await Promise.all([block(ann, bob), block(bob, ann)]);
  await unblock(ann, bob);
  expect(refused(await trySend(server, ann, chat.id, { content: 'x' }))).toEqual([403, 'blocked']);
  expect(refused(await trySend(server, bob, chat.id, { content: 'x' }))).toEqual([403, 'blocked']);
  expect((await chatOf(server, bob, chat.id)).blocked).toBe(true);
  await unblock(bob, ann);
  await send(server, ann, chat.id, 'hello');
});

test('the list of the blocked comes in pages, last ones first, and is one’s own', async () => {
  await block(ann, bob);
  await block(ann, eve);
  await block(ann, bob);
  const first = (await as<Page<{ user: User; createdAt: string }>>(ann, 'GET', '/blocks?limit=1')).body;
  expect(first.items.map(({ user }) => user.displayName)).toEqual(['Eve']);
  const next = `/blocks?limit=1&cursor=${encodeURIComponent(first.nextCursor ?? '')}`;
  const second = (await as<Page<{ user: User }>>(ann, 'GET', next)).body;
  expect([second.items.map(({ user }) => user.displayName), second.nextCursor]).toEqual([['Bob'], null]);
});

test.each([
  ['oneself', () => ann.id, 400],
  ['nobody', () => randomUUID(), 404],
  ['what is no id', () => 'bob', 400],
])('blocking %s is refused', async (_whom, id, status) => {
  expect((await as(ann, 'PUT', `/blocks/${id()}`)).status).toBe(status);
});

test('what she reads, types and does from then on is not told to who was blocked', async () => {
  const group = await groupOf(server, eve, ann, bob);
  const first = await send(server, bob, chat.id, 'first');
  await ask(server, `/chats/${chat.id}/read`, { body: { seq: first.seq }, accessToken: ann.accessToken });
  const second = await send(server, bob, chat.id, 'second');
  const [hers, his] = [await connect(ann), await connect(bob)];
  await his.first<Presence>('presence:update');
  await block(ann, bob);
  await his.first<Presence>('user:status', ({ userId, status }) => userId === ann.id && status === 'offline');
  await hers.tell('message:read', { chatId: chat.id, seq: second.seq });
  await hers.tell('typing:start', { chatId: chat.id });
  await hers.tell('presence:set', 'away');
  // What comes after all of that.
  const last = await send(server, ann, group.id, 'last');
  await his.first<Message>('message:received', ({ id }) => id === last.id);
  expect(his.all('message:status')).toEqual([]);
  expect(his.all('typing:status')).toEqual([]);
  const told = his.all<Presence>('user:status').filter(({ userId }) => userId === ann.id);
  // That she came may have been told before she blocked him.
  expect(told.slice(told.findIndex(({ status }) => status === 'offline'))).toEqual([
    { userId: ann.id, status: 'offline' },
  ]);
  expect(await positionOf(ann, bob)).toEqual([first.seq, first.seq]);
  expect(await positionOf(ann, ann)).toEqual([second.seq, second.seq]);
  expect((await historyOf(server, bob, chat.id)).items.map(({ status }) => status)).toEqual(['read', 'sent']);
  const again = await connect(bob);
  const { users } = await again.first<{ users: Presence[] }>('presence:update');
  expect(users.filter(({ userId }) => userId === ann.id)).toEqual([{ userId: ann.id, status: 'offline' }]);
  // And when she takes it back, all of it is there.
  await unblock(ann, bob);
  await his.first<Presence>('user:status', ({ userId, status }) => userId === ann.id && status === 'away');
  expect(await positionOf(ann, bob)).toEqual([second.seq, second.seq]);
  await hers.tell('typing:start', { chatId: chat.id });
  await his.first('typing:status');
});

test('her other devices learn of it at once, and everybody shows what a fresh fetch gives', async () => {
  await ask(server, '/users/me', { method: 'PATCH', body: { about: 'at the lake' }, accessToken: ann.accessToken });
  await groupOf(server, eve, ann, bob);
  const [phone, laptop, his] = [
    await openClient(server, ann),
    await openClient(server, ann),
    await openClient(server, bob),
  ];
  const text = await send(server, bob, chat.id, 'hello');
  await seen(his, chat.id, 'hello');
  await phone.users.block(bob.id);
  await until('the other device knows', () => laptop.store.chat(chat.id)?.blocked === true);
  phone.markRead(chat.id, text.seq);
  const all: [ChatrClient, Person][] = [
    [phone, ann],
    [laptop, ann],
    [his, bob],
  ];
  for (const [client, person] of all) await expectFresh(client, server, person);
  expect(his.store.chat(chat.id)?.members?.find(({ user }) => user.id === ann.id)?.user.about).toBe('');
  await phone.users.unblock(bob.id);
  await until('the other device knows', () => laptop.store.chat(chat.id)?.blocked === false);
  for (const [client, person] of all) await expectFresh(client, server, person);
  expect(his.store.messages(chat.id).at(-1)?.status).toBe('read');
  expect(his.store.chat(chat.id)?.members?.find(({ user }) => user.id === ann.id)?.user.about).toBe('at the lake');
});

test('who joins a group in which somebody is whom they blocked is told there by name alone', async () => {
  await ask(server, '/users/me', { method: 'PATCH', body: { about: 'at the lake' }, accessToken: ann.accessToken });
  await block(ann, bob);
  const group = await groupOf(server, eve, bob);
  const [his, hers] = [await openClient(server, bob), await openClient(server, eve)];
  const socket = await connect(bob);
  await inGroup(server, eve, group.id, 'POST', '/members', { userIds: [ann.id] });
  await until('both see her', () => [his, hers].every((client) => client.store.chat(group.id)?.memberCount === 3));
  expect(JSON.stringify(socket.heard)).toContain(ann.id);
  expect(JSON.stringify(socket.heard)).not.toContain('at the lake');
  await expectFresh(his, server, bob);
  await expectFresh(hers, server, eve);
  // Nor when she changes it.
  await ask(server, '/users/me', { method: 'PATCH', body: { about: 'by the sea' }, accessToken: ann.accessToken });
  const about = (): string | undefined =>
    hers.store.chat(group.id)?.members?.find(({ user }) => user.id === ann.id)?.user.about;
  await until('who is not blocked sees it', () => about() === 'by the sea');
  await expectFresh(his, server, bob);
  expect(JSON.stringify(socket.heard)).not.toContain('by the sea');
});

test('of what is sent while a block is made, the acknowledged is there and nothing comes after it', async () => {
  const his = await connect(bob);
  const contents = Array.from({ length: 60 }, (_, index) => `message ${index}`);
  const answers = contents.map(async (content, index) => {
    await new Promise((resolve) => setTimeout(resolve, index * 3));
    return his.ask('message:send', { chatId: chat.id, clientId: randomUUID(), content });
  });
  await new Promise((resolve) => setTimeout(resolve, 60));
  await block(ann, bob);
  const atBlock = (await chatOf(server, ann, chat.id)).lastSeq;
  const settled = await Promise.all(answers);
  const acknowledged = contents.filter((_, index) => settled[index]?.ok === true);
  expect(new Set(settled.filter(({ ok }) => !ok).map(({ error }) => error?.code))).toEqual(new Set(['blocked']));
  const stored = (await historyOf(server, ann, chat.id)).items.map(({ content }) => content);
  expect(stored).toEqual(acknowledged);
  expect(stored).toHaveLength(atBlock);
});

test('a chat that is opened while one of the two blocks the other does not escape the block', async () => {
  for (let round = 0; round < 5; round++) {
    const [fay] = await registerPeople(server, 'Fay');
    const [opened] = await Promise.all([
      as<Chat>(fay, 'POST', '/chats', { type: 'direct', userId: ann.id }),
      block(ann, fay),
    ]);
    if (opened.status === 201) {
      expect(refused(await trySend(server, fay, opened.body.id, { content: 'x' }))).toEqual([403, 'blocked']);
    } else {
      expect(opened.status).toBe(404);
    }
  }
});
