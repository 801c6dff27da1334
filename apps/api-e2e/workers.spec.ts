import { execFileSync } from 'node:child_process';
import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Message } from '@chatr/contracts';
import { groupOf, registerPeople, send } from './support/chats.js';
import { closeClients, openClient, seen, until } from './support/clients.js';
import { expectFresh } from './support/expect-fresh.js';
import { call } from './support/http.js';
import type { Person } from './support/people.js';
import { RedisServer } from './support/redis.js';
import { runServer } from './support/run-server.js';
import { startServer, type TestServer } from './support/server.js';
import { closeSockets, openSocket, type RawSocket } from './support/sockets.js';

const WORKERS = 2;
const DRAIN_MS = 1_000;

let redis: RedisServer;
let server: TestServer;
let people: Person[];
let ann: Person;
let chatId: string;
/** As in a browser, a connection is used again for whatever is asked next: here by all clients, so that none keeps its own. */
let agent: Agent;

beforeAll(async () => {
  redis = await RedisServer.start();
});

beforeEach(async () => {
  server = await startServer({ REDIS_URL: redis.url, WORKERS: String(WORKERS), DRAIN_MS: String(DRAIN_MS) });
  // The first worker is ready before the others are there.
  await until('all workers serve', () => server.logs.some((line) => line.includes(`${WORKERS} processes here`)));
  const [first, ...others] = await registerPeople(server, 'Ann', 'Bob', 'Cid', 'Dan');
  ann = first;
  people = [first, ...others];
  chatId = (await groupOf(server, ann, ...others)).id;
  agent = new Agent({ keepAlive: true, scheduling: 'fifo' });
});

afterEach(async () => {
  closeClients();
  closeSockets();
  agent.destroy();
  await server.destroy();
});

afterAll(() => redis.destroy());

/** The worker that a connection belongs to stands in its id. */
const workerOf = ({ socket }: RawSocket): string | undefined => socket.io.engine.id.split('.')[0];

function processes(parent: number): number[] {
  try {
    const lines = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(parent)], { encoding: 'utf8' }).split('\n');
    return lines.filter((line) => line.endsWith('main.js')).map((line) => Number(/\d+/.exec(line)?.[0]));
  } catch {
    return [];
  }
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function openMany(transports: string[], each: number): Promise<RawSocket[]> {
  const all = people.flatMap(({ accessToken }) => Array<string>(each).fill(accessToken));
  return Promise.all(
    all.map((accessToken) => openSocket(server, accessToken, { transports, agent: agent as unknown as string })),
  );
}

async function expectToHear(sockets: RawSocket[], contents: string[]): Promise<void> {
  await until('everybody has heard everything', () =>
    sockets.every(
      (socket) =>
        [...socket.all<Message>('message:received'), ...socket.all<Message>('message:sent')].length >= contents.length,
    ),
  );
  for (const socket of sockets) {
    const heard = socket.heard.flatMap(({ event, payload }) =>
      event === 'message:received' || event === 'message:sent' ? [(payload as Message).content] : [],
    );
    expect(heard).toEqual(contents);
  }
}

it('serves clients that only poll, over connections that lead to any worker', async () => {
  const sockets = await openMany(['polling'], 4);
  expect(new Set(sockets.map(workerOf))).toEqual(new Set(['1', '2']));
  const contents = Array.from({ length: 20 }, (_, number) => `message ${number}`);
  for (const [index, content] of contents.entries()) {
    const sender = sockets[index % 4];
    await sender?.tell('message:send', { chatId, clientId: crypto.randomUUID(), content });
  }
  await expectToHear(sockets, contents);
  expect(sockets.every(({ socket }) => socket.connected)).toBe(true);
});

it('lets clients that begin by polling go on with a WebSocket', async () => {
  const sockets = await openMany(['polling', 'websocket'], 4);
  await until('all have changed over', () =>
    sockets.every(({ socket }) => socket.io.engine.transport.name === 'websocket'),
  );
  expect(new Set(sockets.map(workerOf))).toEqual(new Set(['1', '2']));
  await send(server, ann, chatId, 'over WebSockets');
  await expectToHear(sockets, ['over WebSockets']);
});

it('replaces a worker that dies; its clients go on with another one', async () => {
  const clients = await Promise.all(people.map((person) => openClient(server, person)));
  const before = processes(server.pid);
  expect(before).toHaveLength(WORKERS);
  process.kill(before[0] ?? 0, 'SIGKILL');
  clients[0]?.send(chatId, 'after the crash');
  for (const client of clients) await seen(client, chatId, 'after the crash');
  await until('there are as many workers as before', () => processes(server.pid).length === WORKERS);
  expect(processes(server.pid)).not.toEqual(before);
  for (const [index, client] of clients.entries()) await expectFresh(client, server, people[index] ?? ann);
  expect(server.logs.join('\n')).toContain('a worker died');
});

it('asks the clients of all workers to move on when it is stopped, and ends in time', async () => {
  const sockets = await openMany(['websocket'], 2);
  expect(new Set(sockets.map(workerOf))).toEqual(new Set(['1', '2']));
  const workers = processes(server.pid);
  const toldAt = performance.now();
  const ended = server.stop();
  for (const socket of sockets) {
    expect(await socket.first('server:draining')).toEqual({ reconnectWithinMs: DRAIN_MS });
  }
  expect(await ended).toBe(0);
  expect(performance.now() - toldAt).toBeLessThan(DRAIN_MS + 4_000);
  expect(workers.filter(lives)).toEqual([]);
});

it('leaves no worker behind when it is killed', async () => {
  const [socket] = await openMany(['websocket'], 1);
  const workers = processes(server.pid);
  await server.kill9();
  await socket?.first('server:draining');
  await until('all workers are gone', () => !workers.some(lives));
});

it('refuses more than one process without Redis, and says a problem of all workers once', async () => {
  const alone = await runServer({ DATA_DIR: server.dataDir, WORKERS: '2', LOG_LEVEL: 'error' });
  expect(alone).toMatchObject({ code: 1, output: expect.stringContaining('WORKERS') as string });
  const env = { REDIS_URL: redis.url, WORKERS: '2', LOG_LEVEL: 'error', DATA_DIR: `${server.dataDir}/other` };
  const { port } = new URL(server.url);
  const taken = await runServer({ ...env, PORT: port });
  expect(taken.code).toBe(1);
  expect(taken.output.match(/is taken/g)).toHaveLength(1);
  expect(taken.output).not.toMatch(/\n\s+at /);
});

it('is ready, and stays so, while Redis is away', async () => {
  await redis.kill();
  try {
    await until('its going is logged', () => server.logs.some((line) => line.includes('Redis is away')));
    for (let attempt = 0; attempt < 10; attempt++) {
      expect((await call(server, '/health/ready')).status).toBe(200);
      await sleep(50);
    }
  } finally {
    await redis.resume();
  }
  await until('its return is logged', () => server.logs.some((line) => line.includes('Redis is back')));
});

it('starts, and serves, while Redis is away', async () => {
  await redis.kill();
  try {
    await server.stop();
    await server.restart();
    const [socket] = await openMany(['websocket'], 1);
    await socket?.tell('message:send', { chatId, clientId: crypto.randomUUID(), content: 'without Redis' });
  } finally {
    await redis.resume();
  }
});
