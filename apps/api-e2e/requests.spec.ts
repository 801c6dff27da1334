import { randomUUID } from 'node:crypto';
import type { ChatrClient } from '@chatr/client';
import type { Chat, Message, MessageStatusEvent, Presence } from '@chatr/contracts';
import {
  chatOf,
  directChat,
  historyOf,
  type Refusal,
  refused,
  registerPeople,
  send,
  trySend,
} from './support/chats.js';
import { closeClients, openClient, seen, until } from './support/clients.js';
import { expectFresh } from './support/expect-fresh.js';
import { ask, call } from './support/http.js';
import { type Nodes, startNodes } from './support/nodes.js';
import type { Person } from './support/people.js';
import { type ServerAddress, startServer } from './support/server.js';
import { closeSockets, openSocket, type RawSocket } from './support/sockets.js';

const PATIENCE_MS = 60_000;

let nodes: Nodes;
/** Where she is connected, and where he is. */
let hers: ServerAddress;
let his: ServerAddress;
/** Ann does not know Bob, who writes to her. */
let ann: Person;
let bob: Person;
let chat: Chat;

beforeAll(async () => {
  nodes = await startNodes(2, { MESSAGE_REQUESTS: 'on' });
  const [one, other] = nodes.nodes;
  if (one === undefined || other === undefined) throw new Error('two nodes were started');
  [hers, his] = [one, other];
}, PATIENCE_MS);

beforeEach(async () => {
  [ann, bob] = await registerPeople(hers, 'Ann', 'Bob');
  chat = await directChat(his, bob, ann);
});

afterEach(() => {
  closeSockets();
  closeClients();
});

afterAll(() => nodes.destroy());

const connect = (server: ServerAddress, { accessToken }: Person): Promise<RawSocket> => openSocket(server, accessToken);

const answer = async (
  person: Person,
  what: 'accept' | 'decline',
  chatId = chat.id,
): Promise<[number, string | undefined]> =>
  refused(
    await call<Refusal | undefined>(hers, `/chats/${chatId}/request/${what}`, {
      method: 'POST',
      accessToken: person.accessToken,
    }),
  );

const chatsOf = async ({ accessToken }: Person): Promise<string[]> =>
  (await ask<{ items: Chat[] }>(hers, '/chats', { accessToken })).items.map(({ id }) => id);

/** How far she has come, as he sees it. */
const herPosition = async (): Promise<[number, number] | undefined> => {
  const member = (await chatOf(his, bob, chat.id)).members?.find(({ user }) => user.id === ann.id);
  return member && [member.deliveredSeq, member.readSeq];
};

const statuses = async (): Promise<(string | undefined)[]> =>
  (await historyOf(his, bob, chat.id)).items.filter(({ senderId }) => senderId === bob.id).map(({ status }) => status);

const texts = async (person: Person): Promise<string[]> =>
  (await historyOf(hers, person, chat.id)).items.map(({ content }) => content);

test('what a stranger writes arrives as a request, and for the stranger it is a chat like any other', async () => {
  const herSocket = await connect(hers, ann);
  const hello = await send(his, bob, chat.id, 'hello');
  await herSocket.first<Message>('message:received', ({ id }) => id === hello.id);
  expect(await chatOf(hers, ann, chat.id)).toMatchObject({ request: true, blocked: false, unreadCount: 1 });
  expect(await chatOf(his, bob, chat.id)).toMatchObject({ request: false, blocked: false });
  expect(await chatsOf(ann)).toEqual([chat.id]);
});

test('a stranger may write three messages before they are accepted', async () => {
  const socket = await connect(his, bob);
  const burst = ['1', '2', '3', '4', '5'].map((content) =>
    socket.ask('message:send', { chatId: chat.id, clientId: randomUUID(), content }),
  );
  const codes = (await Promise.all(burst)).map(({ ok, error }) => (ok ? 'stored' : error?.code));
  expect(codes).toEqual(['stored', 'stored', 'stored', 'awaiting_acceptance', 'awaiting_acceptance']);
  expect(refused(await trySend(his, bob, chat.id, { content: '6' }))).toEqual([403, 'awaiting_acceptance']);
  expect(await texts(ann)).toEqual(['1', '2', '3']);
  expect(await answer(ann, 'accept')).toEqual([204, undefined]);
  await send(his, bob, chat.id, '4');
  await send(his, bob, chat.id, '5');
});

test('a repetition does not count against the three, not even beside a new one', async () => {
  const first = await send(his, bob, chat.id, 'first');
  await send(his, bob, chat.id, 'second');
  const socket = await connect(his, bob);
  const draft = (clientId: string, content: string): Promise<{ ok: boolean }> =>
    socket.ask('message:send', { chatId: chat.id, clientId, content });
  const sent = await Promise.all([draft(first.clientId, 'first'), draft(randomUUID(), 'third')]);
  expect(sent.map(({ ok }) => ok)).toEqual([true, true]);
  expect(await texts(ann)).toEqual(['first', 'second', 'third']);
});

test('before they have accepted, the stranger sees nothing of whoever is asked; then all of it, at once', async () => {
  const [herSocket, otherDevice, hisSocket] = [
    await connect(hers, ann),
    await connect(hers, ann),
    await connect(his, bob),
  ];
  const { users } = await hisSocket.first<{ users: Presence[] }>('presence:update');
  expect(users).toEqual([]);
  const hello = await send(his, bob, chat.id, 'hello');
  await herSocket.tell('message:read', { chatId: chat.id, seq: hello.seq });
  await otherDevice.first<MessageStatusEvent>('message:status', ({ status }) => status === 'read');
  await herSocket.tell('typing:start', { chatId: chat.id });
  await herSocket.tell('presence:set', 'away');
  expect(await herPosition()).toEqual([0, 0]);
  expect(await statuses()).toEqual(['sent']);
  expect((await hisSocket.tell<{ users: Presence[] }>('presence:request', [ann.id])).users).toEqual([
    { userId: ann.id, status: 'offline' },
  ]);
  const { chats } = await ask<{ chats: Record<string, { positions: object[] }> }>(his, '/sync', {
    body: { chats: { [chat.id]: 0 } },
    accessToken: bob.accessToken,
  });
  expect(chats[chat.id]?.positions).toContainEqual({ userId: ann.id, deliveredSeq: 0, readSeq: 0 });
  for (const event of ['message:status', 'typing:status', 'user:status']) {
    expect(hisSocket.all<{ userId: string }>(event).filter(({ userId }) => userId === ann.id)).toEqual([]);
  }
  // She sees his: whoever asks shows themselves.
  expect((await herSocket.tell<{ users: Presence[] }>('presence:request', [bob.id])).users).toMatchObject([
    { status: 'online' },
  ]);
  expect(await answer(ann, 'accept')).toEqual([204, undefined]);
  await otherDevice.first<{ request?: boolean }>('chat:updated', ({ request }) => request === false);
  const isHers = ({ userId, status }: MessageStatusEvent): boolean => userId === ann.id && status === 'read';
  const read = await hisSocket.first<MessageStatusEvent>('message:status', isHers);
  expect(read).toMatchObject({ chatId: chat.id, userId: ann.id, seq: hello.seq, messageId: hello.id });
  await hisSocket.first<Presence>('user:status', ({ userId, status }) => userId === ann.id && status !== 'offline');
  expect(await statuses()).toEqual(['read']);
  await herSocket.tell('typing:start', { chatId: chat.id });
  await hisSocket.first('typing:status');
});

test('an answer accepts, and several of them keep their order', async () => {
  await send(his, bob, chat.id, 'hello');
  const [herSocket, hisSocket] = [await connect(hers, ann), await connect(his, bob)];
  const contents = Array.from({ length: 8 }, (_, index) => `answer ${index}`);
  const answers = contents.map((content) =>
    herSocket.tell('message:send', { chatId: chat.id, clientId: randomUUID(), content }),
  );
  await Promise.all(answers);
  expect(await texts(bob)).toEqual(['hello', ...contents]);
  await hisSocket.first<Message>('message:received', ({ content }) => content === contents.at(-1));
  expect(hisSocket.all<Message>('message:received').map(({ content }) => content)).toEqual(contents);
  expect((await chatOf(hers, ann, chat.id)).request).toBe(false);
  expect(await statuses()).toEqual(['read']);
  await hisSocket.first<Presence>('user:status', ({ userId, status }) => userId === ann.id && status === 'online');
  for (const content of ['2', '3', '4']) await send(his, bob, chat.id, content);
});

test('accepted on one device it is so on the others, and on those that come back later', async () => {
  const [phone, laptop, away] = [await openClient(hers, ann), await openClient(hers, ann), await openClient(hers, ann)];
  const stranger = await openClient(his, bob);
  stranger.send(chat.id, 'hello');
  await seen(laptop, chat.id, 'hello');
  await seen(away, chat.id, 'hello');
  away.disconnect();
  const mine: [ChatrClient, ServerAddress, Person][] = [
    [phone, hers, ann],
    [laptop, hers, ann],
    [stranger, his, bob],
  ];
  phone.markRead(chat.id, 1);
  for (const [client, server, person] of mine) await expectFresh(client, server, person);
  expect(stranger.store.messages(chat.id).at(-1)?.status).toBe('sent');
  expect(laptop.store.chat(chat.id)?.request).toBe(true);
  await phone.acceptRequest(chat.id);
  await until('the other device knows', () => laptop.store.chat(chat.id)?.request === false);
  await until('he sees it', () => stranger.store.messages(chat.id).at(-1)?.status === 'read');
  away.connect();
  await until('the one that was away knows', () => away.store.chat(chat.id)?.request === false);
  for (const [client, server, person] of [...mine, [away, hers, ann] as const])
    await expectFresh(client, server, person);
});

test('declined, it is gone for one and as it was for the other, until the one comes back to it', async () => {
  const [phone, laptop, stranger] = [
    await openClient(hers, ann),
    await openClient(hers, ann),
    await openClient(his, bob),
  ];
  stranger.send(chat.id, 'hello');
  await seen(laptop, chat.id, 'hello');
  const before = await chatOf(his, bob, chat.id);
  await phone.declineRequest(chat.id);
  await until('the chat is gone on both', () => phone.store.chats.length + laptop.store.chats.length === 0);
  expect(await chatOf(his, bob, chat.id)).toEqual(before);
  stranger.send(chat.id, 'are you there?');
  await seen(stranger, chat.id, 'are you there?');
  await send(his, bob, chat.id, 'well');
  expect(refused(await trySend(his, bob, chat.id, { content: 'well?' }))).toEqual([403, 'awaiting_acceptance']);
  expect(await statuses()).toEqual(['sent', 'sent', 'sent']);
  expect(refused(await trySend(hers, ann, chat.id, { content: 'x' }))).toEqual([403, 'not_a_member']);
  // Opening it again does not bring it back to her: that would be a way around it.
  expect((await directChat(his, bob, ann)).id).toBe(chat.id);
  expect(await chatsOf(ann)).toEqual([]);
  for (const client of [phone, laptop]) await expectFresh(client, hers, ann);
  await expectFresh(stranger, his, bob);
  expect((await phone.openDirect(bob.id)).request).toBe(false);
  await seen(laptop, chat.id, 'well');
  expect(await texts(ann)).toEqual(['hello', 'are you there?', 'well']);
  await send(his, bob, chat.id, 'there you are');
  await seen(phone, chat.id, 'there you are');
  for (const client of [phone, laptop]) await expectFresh(client, hers, ann);
  await expectFresh(stranger, his, bob);
});

test('blocked from the request and unblocked, it is the request that it was', async () => {
  await send(his, bob, chat.id, 'hello');
  const path = `/blocks/${bob.id}`;
  await ask(hers, path, { method: 'PUT', accessToken: ann.accessToken });
  expect(refused(await trySend(his, bob, chat.id, { content: 'x' }))).toEqual([403, 'blocked']);
  expect(refused(await trySend(hers, ann, chat.id, { content: 'x' }))).toEqual([403, 'blocked']);
  expect(await answer(ann, 'accept')).toEqual([403, 'blocked']);
  expect(await chatOf(hers, ann, chat.id)).toMatchObject({ request: true, blocked: true });
  await ask(hers, path, { method: 'DELETE', accessToken: ann.accessToken });
  expect(await chatOf(hers, ann, chat.id)).toMatchObject({ request: true, blocked: false });
  await send(his, bob, chat.id, '2');
  await send(his, bob, chat.id, '3');
  expect(refused(await trySend(his, bob, chat.id, { content: '4' }))).toEqual([403, 'awaiting_acceptance']);
  expect(await herPosition()).toEqual([0, 0]);
});

test('only the one who is asked can answer, and only once', async () => {
  const [eve] = await registerPeople(hers, 'Eve');
  expect(await answer(eve, 'accept')).toEqual([403, 'not_a_member']);
  expect(await answer(eve, 'decline')).toEqual([403, 'not_a_member']);
  expect(await answer(ann, 'accept', randomUUID())).toEqual([403, 'not_a_member']);
  // His own request is not his to answer; and that it is one, he does not learn.
  expect(await answer(bob, 'accept')).toEqual([204, undefined]);
  expect(await answer(bob, 'decline')).toEqual([409, 'conflict']);
  expect((await chatOf(hers, ann, chat.id)).request).toBe(true);
  const both = await Promise.all([answer(ann, 'accept'), answer(ann, 'decline'), answer(ann, 'accept')]);
  const isIn = (await chatsOf(ann)).includes(chat.id);
  expect(both[1]).toEqual(isIn ? [409, 'conflict'] : [204, undefined]);
  expect(await answer(ann, 'accept')).toEqual(isIn ? [204, undefined] : [403, 'not_a_member']);
});

test.each([
  ['everyone', false, 201, false],
  ['contacts', false, 201, true],
  ['contacts', true, 201, false],
  ['nobody', false, 403, undefined],
  ['nobody', true, 201, false],
])('somebody who takes messages from %s, of a contact (%s): %d', async (messagesFrom, isContact, status, request) => {
  const [eve] = await registerPeople(hers, 'Eve');
  const { accessToken } = ann;
  await ask(hers, '/users/me/privacy', { method: 'PATCH', body: { messagesFrom }, accessToken });
  if (isContact) await ask(hers, `/contacts/${eve.id}`, { method: 'PUT', accessToken });
  const body = { type: 'direct', userId: ann.id };
  const opened = await call<Chat & Refusal>(his, '/chats', { body, accessToken: eve.accessToken });
  expect([opened.status, opened.body.code]).toEqual([status, status === 403 ? 'forbidden' : undefined]);
  const draft = { recipientId: ann.id, clientId: randomUUID(), content: 'hello' };
  const socket = await connect(his, eve);
  expect((await socket.ask('message:send', draft)).error?.code).toBe(status === 403 ? 'forbidden' : undefined);
  if (request !== undefined) expect((await chatOf(hers, ann, opened.body.id)).request).toBe(request);
  // What has begun goes on, whatever is chosen later.
  await send(his, bob, chat.id, 'hello');
});

test(
  'nobody asks more than twenty strangers in a day',
  async () => {
    const server = await startServer({ MESSAGE_REQUESTS: 'on' });
    try {
      const [eve, ...strangers] = await registerPeople(server, 'Eve', ...Array.from({ length: 21 }, () => 'Stranger'));
      // People are registered faster than anybody may; what is tried here is counted.
      await server.stop();
      await server.restart({ RATE_LIMITS: 'on' });
      const answers = [];
      for (const { id } of strangers) {
        const body = { type: 'direct', userId: id };
        answers.push(await call<Refusal>(server, '/chats', { body, accessToken: eve.accessToken }));
      }
      expect(answers.map(({ status }) => status)).toEqual([...Array.from({ length: 20 }, () => 201), 429]);
      expect(Number(answers.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(3600);
    } finally {
      await server.destroy();
    }
  },
  PATIENCE_MS,
);
