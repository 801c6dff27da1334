import { setTimeout as sleep } from 'node:timers/promises';
import type { Message, Presence } from '@chatr/contracts';
import { directChat, groupOf, registerPeople, send } from './support/chats.js';
import { closeClients, openClient, seen, until } from './support/clients.js';
import { expectFresh } from './support/expect-fresh.js';
import { type Nodes, startNodes } from './support/nodes.js';
import { call } from './support/http.js';
import type { Person } from './support/people.js';
import type { TestServer } from './support/server.js';
import { closeSockets, openSocket, type RawSocket } from './support/sockets.js';

interface Typing {
  chatId: string;
  userId: string;
  isTyping: boolean;
}

let cluster: Nodes;
let one: TestServer;
let two: TestServer;
let ann: Person;
let bob: Person;
let chatId: string;

beforeAll(async () => {
  cluster = await startNodes(2, { RATE_LIMITS: 'on' });
  [one, two] = cluster.nodes as [TestServer, TestServer];
});

beforeEach(async () => {
  [ann, bob] = await registerPeople(one, 'Ann', 'Bob');
  chatId = (await directChat(one, ann, bob)).id;
});

afterEach(() => {
  closeClients();
  closeSockets();
});

afterAll(() => cluster.destroy());

const statusOf = async (viewer: RawSocket, { id }: Person): Promise<string | undefined> =>
  (await viewer.tell<{ users: Presence[] }>('presence:request', [id])).users[0]?.status;
const heardOf = (viewer: RawSocket, { id }: Person): string[] =>
  viewer.all<Presence>('user:status').flatMap(({ userId, status }) => (userId === id ? [status] : []));

/** After a break it takes the nodes a moment to hear of each other again. */
async function nodesHearEachOther(): Promise<void> {
  const [here, there] = await registerPeople(one, 'Here', 'There');
  const { id } = await directChat(one, here, there);
  const ends = [await openSocket(one, here.accessToken), await openSocket(two, there.accessToken)];
  await until('the nodes hear each other', async () => {
    await Promise.all(ends.map((socket) => socket.tell('typing:start', { chatId: id })));
    return ends.every((socket) => socket.all('typing:status').length > 0);
  });
}

describe('people on different nodes', () => {
  it('get each other’s messages at once', async () => {
    const [hers, his] = [await openSocket(one, ann.accessToken), await openSocket(two, bob.accessToken)];
    for (let number = 1; number <= 20; number++) {
      const sentAt = performance.now();
      await hers.tell('message:send', { chatId, clientId: crypto.randomUUID(), content: `message ${number}` });
      await his.first<Message>('message:received', ({ content }) => content === `message ${number}`);
      expect(performance.now() - sentAt).toBeLessThan(1_000);
    }
    expect(his.all<Message>('message:received').map(({ seq }) => seq)).toEqual([...Array(20).keys()].map((n) => n + 1));
  });

  it('see each other typing, and what the other has read', async () => {
    const [hers, his] = [await openSocket(one, ann.accessToken), await openSocket(two, bob.accessToken)];
    await hers.tell('typing:start', { chatId });
    expect(await his.first<Typing>('typing:status')).toEqual({ chatId, userId: ann.id, isTyping: true });
    const { seq } = await send(one, ann, chatId, 'read this');
    await his.tell('message:read', { chatId, seq });
    await hers.first<{ status: string; seq: number }>(
      'message:status',
      (moved) => moved.status === 'read' && moved.seq === seq,
    );
  });

  it('come into a new group at once', async () => {
    const his = await openSocket(two, bob.accessToken);
    const group = await groupOf(one, ann, bob);
    await his.first<{ id: string }>('chat:created', ({ id }) => id === group.id);
    await send(one, ann, group.id, 'welcome');
    await his.first<Message>('message:received', ({ content }) => content === 'welcome');
  });
});

it('a session that is ended on one node is over on all of them', async () => {
  const his = await openSocket(two, bob.accessToken);
  // The other node has seen the session to be good, and remembers that.
  expect((await call(two, '/users/me', { accessToken: bob.accessToken })).status).toBe(200);
  const endedAt = performance.now();
  expect((await call(one, '/auth/logout', { method: 'POST', accessToken: bob.accessToken })).status).toBe(204);
  await his.first('session:ended');
  await until('his socket is closed', () => !his.socket.connected);
  expect((await call(two, '/users/me', { accessToken: bob.accessToken })).status).toBe(401);
  expect(performance.now() - endedAt).toBeLessThan(1_000);
});

describe('who is there, over the nodes', () => {
  it('is told as one person’s devices on several of them say, each change once', async () => {
    const hers = await openSocket(one, ann.accessToken);
    const laptop = await openSocket(two, bob.accessToken);
    await hers.first<Presence>('user:status', ({ userId, status }) => userId === bob.id && status === 'online');
    const phone = await openSocket(one, bob.accessToken);
    // Her node asks after it has noted his phone: both devices are known by now.
    expect(await statusOf(hers, bob)).toBe('online');
    await phone.tell('presence:set', 'away');
    await laptop.tell('presence:set', 'away');
    await hers.first<Presence>('user:status', ({ status }) => status === 'away');
    expect(await statusOf(hers, bob)).toBe('away');
    phone.close();
    laptop.close();
    const gone = await hers.first<Presence>('user:status', ({ status }) => status === 'offline');
    expect(gone.lastSeen).toBeDefined();
    expect(heardOf(hers, bob)).toEqual(['online', 'away', 'offline']);
  });

  it('does not change when a device moves from one to another', async () => {
    const hers = await openSocket(one, ann.accessToken);
    const before = await openSocket(one, bob.accessToken);
    await hers.first<Presence>('user:status', ({ userId }) => userId === bob.id);
    before.close();
    await openSocket(two, bob.accessToken);
    await sleep(3_000);
    expect(heardOf(hers, bob)).toEqual(['online']);
    expect(await statusOf(hers, bob)).toBe('online');
  });

  it('is right within half a minute of a node’s death, and its clients go on with the others', async () => {
    const hers = await openSocket(one, ann.accessToken);
    await openSocket(two, bob.accessToken);
    await hers.first<Presence>('user:status', ({ userId, status }) => userId === bob.id && status === 'online');
    await two.kill9();
    try {
      const killedAt = Date.now();
      await until('he is offline', () => heardOf(hers, bob).at(-1) === 'offline', 30_000);
      const [told] = (await hers.tell<{ users: Presence[] }>('presence:request', [bob.id])).users;
      expect(told?.status).toBe('offline');
      // When he was last there, not when it was noticed.
      expect(new Date(told?.lastSeen ?? 0).getTime()).toBeLessThan(killedAt + 2_000);
    } finally {
      await two.restart();
    }
  }, 90_000);
});

it('a rate is counted over all nodes', async () => {
  // Wrong passwords for one account: so many are free, wherever they are tried.
  const attempt = async (node: TestServer): Promise<number> =>
    (await call(node, '/auth/login', { body: { identifier: bob.username, password: 'a wrong one' } })).status;
  const statuses: number[] = [];
  while (!statuses.includes(429) && statuses.length < 100) statuses.push(await attempt(one));
  expect(statuses).toContain(429);
  expect(await attempt(two)).toBe(429);
});

describe('while Redis is away', () => {
  afterEach(async () => {
    await cluster.redis.resume();
    await nodesHearEachOther();
  });

  it('messages still arrive on all nodes, and afterwards everything is as it was', async () => {
    const [hers, his] = [await openClient(one, ann), await openClient(two, bob)];
    const watcher = await openSocket(one, ann.accessToken);
    hers.send(chatId, 'before');
    await seen(his, chatId, 'before');
    await cluster.redis.kill();
    const sentAt = performance.now();
    for (const text of ['away 1', 'away 2', 'away 3']) hers.send(chatId, text);
    await seen(his, chatId, 'away 3');
    expect(performance.now() - sentAt).toBeLessThan(10_000);
    for (const node of [one, two]) expect((await call(node, '/health/ready')).status).toBe(200);
    // Quickly, and as far as this node knows.
    const askedAt = performance.now();
    await statusOf(watcher, bob);
    expect(performance.now() - askedAt).toBeLessThan(2_500);
    await cluster.redis.resume();
    await until('he is known to be there', async () => (await statusOf(watcher, bob)) === 'online');
    const backAt = performance.now();
    his.send(chatId, 'after');
    await seen(hers, chatId, 'after');
    expect(performance.now() - backAt).toBeLessThan(5_000);
    await expectFresh(hers, one, ann);
    await expectFresh(his, two, bob);
  });

  it('a session that is ended on one node ends on the others, a little later', async () => {
    const his = await openSocket(two, bob.accessToken);
    await cluster.redis.kill();
    await call(one, '/auth/logout', { method: 'POST', accessToken: bob.accessToken });
    await until(
      'his token is refused',
      async () => (await call(two, '/users/me', { accessToken: bob.accessToken })).status === 401,
      10_000,
    );
    await until('his socket is closed', () => !his.socket.connected, 25_000);
  });

  it('who left meanwhile is not shown as there afterwards', async () => {
    const hers = await openSocket(one, ann.accessToken);
    const his = await openSocket(two, bob.accessToken);
    await hers.first<Presence>('user:status', ({ userId, status }) => userId === bob.id && status === 'online');
    await cluster.redis.kill();
    his.close();
    await sleep(3_000);
    await cluster.redis.resume();
    // Nobody could tell her; so she is told anew how it is.
    await until('she was told that he is not', () =>
      hers
        .all<{ users: Presence[] }>('presence:update')
        .slice(1)
        .some(({ users }) => users.some(({ userId, status }) => userId === bob.id && status === 'offline')),
    );
    expect(await statusOf(hers, bob)).toBe('offline');
  });
});
