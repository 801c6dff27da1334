import { randomUUID } from 'node:crypto';
import type { Message } from '@chatr/contracts';
import { directChat, groupOf, historyOf, inGroup, registerPeople, send } from './support/chats.js';
import { databaseUrl } from './support/database.js';
import { RedisServer } from './support/redis.js';
import { startServer, type TestServer } from './support/server.js';
import { closeSockets, openSocket } from './support/sockets.js';
import { TcpProxy } from './support/tcp-proxy.js';

const SECRETS = {
  JWT_SECRET: 'the secret that all nodes of the tests sign with',
  ENCRYPTION_KEY: 'the key that all nodes of the tests encrypt with',
};
/** The contract's: whoever is on another node has a message this much after its commit, whatever died in between. */
const HEALED_MS = 10_000;

let redis: RedisServer;
let survivor: TestServer;
/** The wire between the doomed node and the database, which hears of a commit and lets nobody hear the answer. */
let wire: TcpProxy;
let doomed: TestServer;

beforeAll(async () => {
  redis = await RedisServer.start();
  const shared = { ...SECRETS, REDIS_URL: redis.url, WORKERS: '1' };
  survivor = await startServer(shared);
  wire = await TcpProxy.before(databaseUrl(survivor));
  doomed = await startServer({ ...shared, DATABASE_URL: wire.url });
});

beforeEach(async () => {
  if (
    !(await fetch(`${doomed.url}/api/health/live`).then(
      ({ ok }) => ok,
      () => false,
    ))
  )
    await doomed.restart();
});

afterEach(closeSockets);

afterAll(async () => {
  await doomed.destroy();
  wire.close();
  await survivor.destroy();
  await redis.destroy();
});

/** Does something on the doomed node that commits, and kills it before it hears that it did. @returns when that was */
async function killAfterCommitOf(work: () => Promise<unknown>): Promise<number> {
  const lost = wire.loseAnswerToCommit();
  work().catch(() => undefined);
  await lost;
  await doomed.kill9();
  return performance.now();
}

it('tells a message to people on other nodes when its node died after the commit, before anybody heard', async () => {
  const [ann, bob] = await registerPeople(survivor, 'Ann', 'Bob');
  const { id: chatId } = await directChat(survivor, ann, bob);
  const [hers, his] = [await openSocket(doomed, ann.accessToken), await openSocket(survivor, bob.accessToken)];
  const killedAt = await killAfterCommitOf(() =>
    hers.ask('message:send', { chatId, clientId: randomUUID(), content: 'last words' }),
  );
  const { items } = await historyOf(survivor, bob, chatId);
  expect(items.map(({ content }) => content)).toEqual(['last words']);
  await his.first<Message>('message:received', ({ content }) => content === 'last words');
  expect(performance.now() - killedAt).toBeLessThan(HEALED_MS);
});

it('lets somebody into a group whom a node added that died before telling anybody', async () => {
  const [ann, bob, cat] = await registerPeople(survivor, 'Ann', 'Bob', 'Cat');
  const { id } = await groupOf(survivor, ann, bob);
  const his = await openSocket(survivor, cat.accessToken);
  const killedAt = await killAfterCommitOf(() => inGroup(doomed, ann, id, 'POST', '/members', { userIds: [cat.id] }));
  await his.first<{ id: string }>('chat:created', (chat) => chat.id === id);
  expect(performance.now() - killedAt).toBeLessThan(HEALED_MS);
  const hers = await openSocket(survivor, ann.accessToken);
  await hers.tell('message:send', { chatId: id, clientId: randomUUID(), content: 'welcome' });
  await his.first<Message>('message:received', ({ content }) => content === 'welcome');
});

it('tells people on other nodes how far somebody has read while Redis is away', async () => {
  const [ann, bob] = await registerPeople(survivor, 'Ann', 'Bob');
  const { id: chatId } = await directChat(survivor, ann, bob);
  const { seq } = await send(survivor, ann, chatId, 'read me');
  const [hers, his] = [await openSocket(survivor, ann.accessToken), await openSocket(doomed, bob.accessToken)];
  await redis.kill();
  try {
    await his.tell('message:read', { chatId, seq });
    const readAt = performance.now();
    await hers.first<{ status: string; userId: string }>('message:status', ({ status }) => status === 'read');
    expect(performance.now() - readAt).toBeLessThan(HEALED_MS);
  } finally {
    await redis.resume();
  }
});
