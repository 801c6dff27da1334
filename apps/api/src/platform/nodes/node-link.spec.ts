import { setTimeout as sleep } from 'node:timers/promises';
import { RedisConnections } from '../redis/redis-connections.js';
import { RedisServer } from '../redis/testing/redis-server.js';
import type { NodeLink } from './node-link.js';
import { ProcessLink } from './process-link.js';
import { RedisLink } from './redis-link.js';

const PATIENCE_MS = 20_000;
/** Longer than whatever is on its way. */
const CALM_MS = 300;

let redis: RedisServer;
let prefix = 0;
const open = new Set<{ link: RedisLink; connections: RedisConnections }>();

beforeAll(async () => {
  redis = await RedisServer.start();
});

beforeEach(() => {
  prefix += 1;
});

afterEach(() => {
  for (const { link, connections } of open) {
    link.onApplicationShutdown();
    connections.close();
  }
  open.clear();
});

afterAll(() => redis.destroy());

async function redisLink(): Promise<RedisLink> {
  const connections = new RedisConnections({ urls: [redis.url], cluster: false, prefix: `test${prefix}` });
  await connections.settle();
  const link = new RedisLink(connections);
  open.add({ link, connections });
  await sleep(CALM_MS);
  return link;
}

function heardBy(link: NodeLink, topic = 'news'): string[] {
  const heard: string[] = [];
  link.subscribe(topic, (text) => heard.push(text));
  return heard;
}

function gapsOf(link: NodeLink): { count: number } {
  const gaps = { count: 0 };
  link.onGap(() => (gaps.count += 1));
  return gaps;
}

async function until(what: string, holds: () => boolean): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`It did not come about that ${what}`);
    await sleep(20);
  }
}

const adapters: [string, () => Promise<NodeLink>][] = [
  ['of the only process', () => Promise.resolve(new ProcessLink())],
  ['through Redis', redisLink],
];

describe.each(adapters)('the link %s', (_, makeLink) => {
  it('does not tell a node what it said itself', async () => {
    const link = await makeLink();
    const heard = heardBy(link);
    for (let number = 0; number < 10; number++) link.publish('news', () => String(number));
    await sleep(CALM_MS);
    expect(heard).toEqual([]);
  });

  it('has no gap while nothing happens', async () => {
    const link = await makeLink();
    const gaps = gapsOf(link);
    link.publish('news', () => 'text');
    await sleep(CALM_MS);
    expect(gaps.count).toBe(0);
  });
});

describe('the link through Redis', () => {
  it('tells the other nodes, each topic its own, in the order of publishing', async () => {
    const [one, two, three] = [await redisLink(), await redisLink(), await redisLink()];
    const [atTwo, atThree, others] = [heardBy(two), heardBy(three), heardBy(two, 'others')];
    const texts = Array.from({ length: 500 }, (_, number) => `${number} “…” 👋 \n ${'x'.repeat(number)}`);
    for (const text of texts) {
      one.publish('news', () => text);
      if (text.length % 7 === 0) await sleep(1);
    }
    one.publish('others', () => '');
    one.publish('nobody-listens', () => 'text');
    await until('all has come', () => others.length === 1 && atThree.length === texts.length);
    expect(atTwo).toEqual(texts);
    expect(atThree).toEqual(texts);
  });

  it('keeps installations apart', async () => {
    const one = await redisLink();
    prefix += 1;
    const heard = heardBy(await redisLink());
    one.publish('news', () => 'text');
    await sleep(CALM_MS);
    expect(heard).toEqual([]);
  });

  it('goes on after a handler failed', async () => {
    const [one, two] = [await redisLink(), await redisLink()];
    two.subscribe('news', () => {
      throw new Error('not understood');
    });
    const heard = heardBy(two);
    one.publish('news', () => 'text');
    await until('it has come', () => heard.length === 1);
  });

  it('drops what it cannot send while Redis is away, says that there was a gap, and goes on afterwards', async () => {
    const [one, two] = [await redisLink(), await redisLink()];
    const [heard, gaps] = [heardBy(two), gapsOf(two)];
    await redis.kill();
    for (let number = 0; number < 100; number++) {
      one.publish('news', () => 'lost');
      await sleep(1);
    }
    await redis.resume();
    await until('the gap was noticed', () => gaps.count > 0);
    await until('it goes on', () => {
      one.publish('news', () => 'found');
      return heard.includes('found');
    });
    expect(heard).not.toContain('lost');
  });

  it('notices a Redis that hangs, and recovers when it does', async () => {
    const [one, two] = [await redisLink(), await redisLink()];
    const [heard, gaps] = [heardBy(two), gapsOf(two)];
    redis.freeze();
    await until('the gap was noticed', () => gaps.count > 0);
    redis.thaw();
    await until('it goes on', () => {
      one.publish('news', () => 'found');
      return heard.includes('found');
    });
  });
});
