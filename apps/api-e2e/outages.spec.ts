import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChatrClient } from '@chatr/client';
import type { Message } from '@chatr/contracts';
import {
  chatOf,
  directChat,
  historyOf,
  inGroup,
  groupOf,
  registerPeople,
  type Refusal,
  send,
  trySend,
} from './support/chats.js';
import { closeClients, openClient, seen, until } from './support/clients.js';
import { databaseUrl } from './support/database.js';
import { expectFresh } from './support/expect-fresh.js';
import { call } from './support/http.js';
import type { Person } from './support/people.js';
import { startServer, type TestServer } from './support/server.js';
import { closeSockets, openSocket } from './support/sockets.js';
import { TcpProxy } from './support/tcp-proxy.js';

const OUTAGE_MS = 20_000;

let keeper: TestServer;
let proxy: TcpProxy;
let server: TestServer;
let ann: Person;
let bob: Person;
let chatId: string;

beforeAll(async () => {
  // Its database is what is wanted of this one.
  keeper = await startServer();
  proxy = await TcpProxy.before(databaseUrl(keeper));
  server = await startServer({ DATABASE_URL: proxy.url });
});

beforeEach(async () => {
  [ann, bob] = await registerPeople(server, 'Ann', 'Bob');
  chatId = (await directChat(server, ann, bob)).id;
});

afterEach(() => {
  closeClients();
  closeSockets();
});

afterAll(async () => {
  await server.destroy();
  proxy.close();
  await keeper.destroy();
});

const texts = (client: ChatrClient): string[] => client.store.messages(chatId).map(({ content }) => content);
const confirmed = (client: ChatrClient): string[] =>
  client.store.messages(chatId).flatMap((message) => (message.state === 'confirmed' ? [message.content] : []));
const answerToAnn = (path: string, body?: unknown): ReturnType<typeof call<Refusal>> =>
  call<Refusal>(server, path, { accessToken: ann.accessToken, ...(body === undefined ? {} : { body }) });

test('while the database is gone for twenty seconds nothing is lost that was acknowledged, and all else arrives afterwards', async () => {
  const [annClient, bobClient] = [await openClient(server, ann), await openClient(server, bob)];
  const written: string[] = [];
  const enough = new AbortController();
  const writer = (async (): Promise<void> => {
    for (let number = 1; !enough.signal.aborted; number++) {
      written.push(`message ${number}`);
      annClient.send(chatId, `message ${number}`);
      await sleep(50);
    }
  })();
  await seen(bobClient, chatId, 'message 10');
  const gone = Date.now();
  proxy.cut();
  const acknowledged = confirmed(annClient);

  const answers = [
    await answerToAnn('/chats'),
    await answerToAnn(`/chats/${chatId}/messages`),
    await answerToAnn(`/chats/${chatId}/messages`, { clientId: randomUUID(), content: 'over REST' }),
    await answerToAnn('/sync', {}),
    await call<Refusal>(server, '/auth/login', { body: { identifier: ann.username, password: ann.password } }),
    await answerToAnn('/health/ready'),
  ];
  for (const { status, body, headers } of answers) {
    expect([status, body.code]).toEqual([503, 'unavailable']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(JSON.stringify(body)).not.toMatch(/ECONN|127\.0\.0\.1|postgres/i);
  }
  expect((await answerToAnn('/health/live')).status).toBe(200);
  await sleep(gone + OUTAGE_MS - Date.now());
  await proxy.mend();
  await until('the database is back', async () => (await answerToAnn('/health/ready')).status === 200);
  enough.abort();
  await writer;
  await until('everything is confirmed', () => confirmed(annClient).length === written.length, 60_000);
  await until('everything has arrived', () => texts(bobClient).length === written.length);
  expect(texts(bobClient)).toEqual(written);
  expect(texts(annClient)).toEqual(written);
  expect(written.slice(0, acknowledged.length)).toEqual(acknowledged);
  await expectFresh(annClient, server, ann);
  await expectFresh(bobClient, server, bob);
}, 120_000);

test('a message whose commit was carried out and never confirmed is there once, and everybody hears of it', async () => {
  const [hers, his] = [await openSocket(server, ann.accessToken), await openSocket(server, bob.accessToken)];
  const lost = proxy.loseAnswerToCommit();
  const answer = hers.tell<{ message: Message; replayed?: boolean }>('message:send', {
    chatId,
    clientId: randomUUID(),
    content: 'once',
  });
  await lost;
  const { message } = await answer;
  await his.first<Message>('message:received', ({ id }) => id === message.id);
  await hers.first<Message>('message:sent', ({ id }) => id === message.id);
  const after = await send(server, ann, chatId, 'after');
  await his.first<Message>('message:received', ({ id }) => id === after.id);
  expect(his.all<Message>('message:received').map(({ content }) => content)).toEqual(['once', 'after']);
  expect((await historyOf(server, bob, chatId)).items.map(({ content, seq }) => [seq, content])).toEqual([
    [1, 'once'],
    [2, 'after'],
  ]);
});

test('an edit whose commit was never confirmed is told to everybody within seconds, whatever its sender was told', async () => {
  const his = await openSocket(server, bob.accessToken);
  const message = await send(server, ann, chatId, 'before');
  const lost = proxy.loseAnswerToCommit();
  const edit = call<Refusal>(server, `/messages/${message.id}`, {
    method: 'PATCH',
    body: { content: 'after' },
    accessToken: ann.accessToken,
  });
  await lost;
  expect([200, 503]).toContain((await edit).status);
  await his.first<Message>('message:edited', ({ content }) => content === 'after');
});

test('somebody who was let in by a commit that was never confirmed is in, and hears of it', async () => {
  const his = await openSocket(server, bob.accessToken);
  const { id } = await groupOf(server, ann);
  const lost = proxy.loseAnswerToCommit();
  const adding = inGroup(server, ann, id, 'POST', '/members', { userIds: [bob.id] });
  await lost;
  expect([200, 503]).toContain((await adding).status);
  expect((await chatOf(server, ann, id)).memberCount).toBe(2);
  await his.first<{ id: string }>('chat:created', (chat) => chat.id === id);
  await send(server, ann, id, 'welcome');
  await his.first<Message>('message:received', ({ content }) => content === 'welcome');
});

test('a chat whose making was never confirmed is the same one when it is opened again, and both hear what is said in it', async () => {
  const [gil, hal] = await registerPeople(server, 'Gil', 'Hal');
  const [his, hers] = [await openSocket(server, gil.accessToken), await openSocket(server, hal.accessToken)];
  const lost = proxy.loseAnswerToCommit();
  const opening = call<Refusal>(server, '/chats', {
    body: { type: 'direct', userId: hal.id },
    accessToken: gil.accessToken,
  });
  await lost;
  expect([201, 503]).toContain((await opening).status);
  const { id } = await directChat(server, gil, hal);
  for (const socket of [his, hers]) await socket.first<{ id: string }>('chat:created', (chat) => chat.id === id);
  await send(server, gil, id, 'hello');
  await hers.first<Message>('message:received', ({ content }) => content === 'hello');
});

test('a database that hangs for some seconds costs time and nothing else', async () => {
  const [hers, his] = [await openSocket(server, ann.accessToken), await openSocket(server, bob.accessToken)];
  proxy.block();
  const sends = Array.from({ length: 50 }, (_, index) =>
    hers.tell<{ message: Message }>('message:send', { chatId, clientId: `${index + 1}`, content: `${index + 1}` }),
  );
  await sleep(3_000);
  expect(hers.all('message:sent')).toEqual([]);
  proxy.unblock();
  const seqs = (await Promise.all(sends)).map(({ message }) => message.seq);
  const expected = Array.from({ length: 50 }, (_, index) => index + 1);
  expect(seqs).toEqual(expected);
  await his.first<Message>('message:received', ({ seq }) => seq === 50);
  expect(his.all<Message>('message:received').map(({ seq }) => seq)).toEqual(expected);
  expect((await trySend(server, ann, chatId, { content: 'after' })).status).toBe(201);
});
