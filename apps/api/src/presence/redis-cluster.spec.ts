import { setTimeout as sleep } from 'node:timers/promises';
import { RedisConnections } from '../platform/index.js';
import { RedisLink } from '../platform/nodes/redis-link.js';
import { RedisCluster } from '../platform/redis/testing/redis-cluster.js';
import { RedisThrottle } from '../platform/throttle/redis-throttle.js';
import { RedisPresence } from './redis-presence.js';

const PATIENCE_MS = 30_000;
/** So many that each of the cluster's nodes has some. */
const PEOPLE = Array.from({ length: 200 }, (_, number) => `person${number}`);

let cluster: RedisCluster;
let one: RedisConnections;
let two: RedisConnections;

beforeAll(async () => {
  cluster = await RedisCluster.start();
  [one, two] = [await connect(), await connect()];
});

afterAll(async () => {
  for (const connections of [one, two]) connections.close();
  await cluster.destroy();
});

async function connect(): Promise<RedisConnections> {
  const connections = new RedisConnections({ urls: cluster.urls.slice(0, 2), cluster: true, prefix: 'test' });
  await connections.settle();
  return connections;
}

async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`It did not come about that ${what}`);
    await sleep(100);
  }
}

it('everything that nodes share works in a Redis cluster, and is whole again after one of its nodes lost what it held', async () => {
  const [link, otherLink] = [new RedisLink(one), new RedisLink(two)];
  const [presence, otherPresence] = [new RedisPresence(one), new RedisPresence(two)];
  const [throttle, otherThrottle] = [new RedisThrottle(one), new RedisThrottle(two)];
  const heard: string[] = [];
  otherLink.subscribe('news', (text) => heard.push(text));
  const isHeard = (text: string) => (): boolean => {
    link.publish('news', () => text);
    return heard.includes(text);
  };
  const allThere = async (): Promise<boolean> =>
    (await otherPresence.statusesOf(PEOPLE)).every((status) => status === 'online');
  try {
    await until('the other node hears', isHeard('before'));
    for (const userId of PEOPLE) presence.here(userId, 'online');
    await until('all are there', allThere);
    const rules = PEOPLE.slice(0, 20).map((name) => ({ name, points: 1, seconds: 60 }));
    for (const rule of rules) await throttle.consume(rule, 'ann');
    for (const rule of rules) await expect(otherThrottle.consume(rule, 'ann')).rejects.toThrow();

    await cluster.nodes[1]?.kill();
    await sleep(500);
    await cluster.nodes[1]?.resume();
    await until('the other node hears again', isHeard('after'));
    await until('all are there again', allThere);
  } finally {
    for (const end of [link, otherLink]) end.onApplicationShutdown();
    for (const end of [presence, otherPresence]) await end.beforeApplicationShutdown();
  }
}, 120_000);
