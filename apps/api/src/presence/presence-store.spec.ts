import { setTimeout as sleep } from 'node:timers/promises';
import { RedisConnections } from '../platform/index.js';
import { RedisServer } from '../platform/redis/testing/redis-server.js';
import type { PresenceStatus } from './presence.dto.js';
import { GRACE_MS, type PresenceNews, type PresenceStore } from './presence-store.js';
import { ProcessPresence } from './process-presence.js';
import { RedisPresence } from './redis-presence.js';

const MARGIN_MS = 700;
const PATIENCE_MS = 30_000;

let redis: RedisServer;
let prefix = 0;
const open = new Set<RedisConnections>();

beforeAll(async () => {
  redis = await RedisServer.start();
});

beforeEach(() => {
  prefix += 1;
});

afterEach(() => {
  for (const connections of open) connections.close();
  open.clear();
});

afterAll(() => redis.destroy());

/** A store and what was heard from it: `ann:online`. */
interface Node {
  store: PresenceStore;
  news: string[];
  all: PresenceNews[];
}

function listen(store: PresenceStore): Node {
  const node: Node = { store, news: [], all: [] };
  store.onNews((news) => {
    node.news.push(`${news.userId}:${news.status}`);
    node.all.push(news);
  });
  return node;
}

async function redisNode(): Promise<Node & { connections: RedisConnections; presence: RedisPresence }> {
  const connections = new RedisConnections({ urls: [redis.url], cluster: false, prefix: `test${prefix}` });
  open.add(connections);
  await connections.settle();
  const presence = new RedisPresence(connections);
  return { ...listen(presence), connections, presence };
}

async function until(what: string, holds: () => boolean | Promise<boolean>, patienceMs = PATIENCE_MS): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`It did not come about that ${what}`);
    await sleep(20);
  }
}

const statusOf = async ({ store }: Node, userId: string): Promise<PresenceStatus | undefined> =>
  (await store.statusesOf([userId]))[0];

const adapters: [string, () => Promise<Node>][] = [
  ['in the process', () => Promise.resolve(listen(new ProcessPresence()))],
  ['in Redis', redisNode],
];

describe.each(adapters)('presence %s', (_, makeNode) => {
  let node: Node;

  beforeEach(async () => {
    node = await makeNode();
  });

  it('tells each change once, and knows what it told', async () => {
    expect(await node.store.statusesOf(['ann', 'bob'])).toEqual(['offline', 'offline']);
    node.store.here('ann', 'online');
    await until('she is online', () => node.news.length === 1);
    expect(await node.store.statusesOf(['bob', 'ann'])).toEqual(['offline', 'online']);
    node.store.here('ann', 'away');
    node.store.here('ann', 'away');
    node.store.here('ann', 'online');
    await until('she is back', () => node.news.at(-1) === 'ann:online' && node.news.length > 1);
    await sleep(50);
    // What is over before it was told may be left out, but nothing is told twice.
    expect(node.news.filter((news, index) => news === node.news[index - 1])).toEqual([]);
  });

  it('lets a person go only after the time of grace', async () => {
    node.store.here('ann', 'online');
    await until('she is online', () => node.news.length === 1);
    const before = Date.now();
    node.store.here('ann', 'offline');
    await sleep(GRACE_MS - MARGIN_MS);
    expect(await statusOf(node, 'ann')).toBe('online');
    await until('she is offline', () => node.news.at(-1) === 'ann:offline');
    expect(Date.now() - before).toBeGreaterThan(GRACE_MS - 50);
    expect(node.all.at(-1)?.at.getTime()).toBeGreaterThanOrEqual(before);
    expect(await statusOf(node, 'ann')).toBe('offline');
  });

  it('has nothing to tell of a person who comes back within it', async () => {
    node.store.here('ann', 'online');
    await until('she is online', () => node.news.length === 1);
    node.store.here('ann', 'offline');
    await sleep(100);
    node.store.here('ann', 'online');
    await sleep(GRACE_MS + MARGIN_MS);
    expect(node.news).toEqual(['ann:online']);
    expect(await statusOf(node, 'ann')).toBe('online');
  });
});

describe('presence in Redis, over several nodes', () => {
  it('takes the most present of a person’s devices, wherever they are, and tells it on one node', async () => {
    const [one, two] = [await redisNode(), await redisNode()];
    one.store.here('ann', 'away');
    await until('she is away', async () => (await statusOf(two, 'ann')) === 'away');
    two.store.here('ann', 'online');
    await until('she is online', async () => (await statusOf(one, 'ann')) === 'online');
    one.store.here('ann', 'offline');
    await sleep(GRACE_MS + MARGIN_MS);
    expect(await statusOf(one, 'ann')).toBe('online');
    two.store.here('ann', 'away');
    await until('she is away again', async () => (await statusOf(one, 'ann')) === 'away');
    two.store.here('ann', 'offline');
    await until('she is gone', async () => (await statusOf(one, 'ann')) === 'offline');
    expect([one.news, two.news]).toEqual([['ann:away'], ['ann:online', 'ann:away', 'ann:offline']]);
  });

  it('tells each of many simultaneous changes on exactly one node', async () => {
    const nodes = await Promise.all(Array.from({ length: 4 }, redisNode));
    const people = Array.from({ length: 50 }, (_, number) => `person${number}`);
    for (const { store } of nodes) for (const userId of people) store.here(userId, 'online');
    await sleep(500);
    expect(nodes.flatMap(({ news }) => news).toSorted()).toEqual(people.map((userId) => `${userId}:online`).toSorted());
  });

  it('does not flicker when a person moves from a node that ends to another', async () => {
    const [one, two] = [await redisNode(), await redisNode()];
    for (const userId of ['ann', 'bob']) one.store.here(userId, 'online');
    await until('they are online', () => one.news.length === 2);
    for (const userId of ['ann', 'bob']) one.store.here(userId, 'offline');
    await one.presence.beforeApplicationShutdown();
    one.connections.close();
    await sleep(500);
    two.store.here('ann', 'online');
    // Bob does not come back: the other node notices at its next sign of life.
    await until('he is gone', () => two.news.length > 0, 12_000);
    await sleep(200);
    expect(two.news).toEqual(['bob:offline']);
    expect(await statusOf(two, 'ann')).toBe('online');
  });

  it('takes over the people of a node that died, within half a minute, and has them back when it lives after all', async () => {
    const [one, two] = [await redisNode(), await redisNode()];
    one.store.here('ann', 'online');
    one.store.here('bob', 'online');
    await until('they are online', () => one.news.length === 2);
    two.store.here('bob', 'away');
    await sleep(2_000);
    const diedAt = Date.now();
    // As for a process that is killed, or cut off: nobody hears of it any more.
    for (const client of [one.connections.commands, one.connections.subscriber]) client.disconnect();
    await until('she is gone', () => two.news.includes('ann:offline'));
    expect(Date.now() - diedAt).toBeLessThan(30_000);
    expect(two.all.find(({ userId }) => userId === 'ann')?.at.getTime()).toBeLessThan(diedAt + 6_000);
    expect(two.news.toSorted()).toEqual(['ann:offline', 'bob:away']);
    await Promise.all([one.connections.commands.connect(), one.connections.subscriber.connect()]);
    await until('both are back', async () =>
      (await two.store.statusesOf(['ann', 'bob'])).every((status) => status === 'online'),
    );
    expect(one.news.slice(2).toSorted()).toEqual(['ann:online', 'bob:online']);
  }, 90_000);

  it('goes on with what each node knows while Redis is away, quickly, and is right again when it is back, and empty', async () => {
    const [one, two] = [await redisNode(), await redisNode()];
    one.store.here('ann', 'online');
    two.store.here('bob', 'online');
    await until('they are online', async () => (await statusOf(one, 'bob')) === 'online' && one.news.length === 1);
    await redis.kill();
    one.store.here('eve', 'online');
    one.store.here('ann', 'offline');
    const askedAt = performance.now();
    expect(await one.store.statusesOf(['ann', 'bob', 'eve'])).toEqual(['online', 'offline', 'online']);
    expect(performance.now() - askedAt).toBeLessThan(1_500);
    await until('she is gone, as far as this node knows', () => one.news.includes('ann:offline'));
    await redis.resume();
    await until('it is right again', async () => {
      const statuses = await two.store.statusesOf(['ann', 'bob', 'eve']);
      return statuses.join() === 'offline,online,online';
    });
  });
});
