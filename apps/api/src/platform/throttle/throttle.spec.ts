import { setTimeout as delay } from 'node:timers/promises';
import { ProblemError } from '../errors/problem-error.js';
import { RedisConnections } from '../redis/redis-connections.js';
import { RedisServer } from '../redis/testing/redis-server.js';
import { NoThrottle } from './no-throttle.js';
import { ProcessThrottle } from './process-throttle.js';
import { RedisThrottle } from './redis-throttle.js';
import type { RateRule, Throttle } from './throttle.js';

const rule: RateRule = { name: 'test', points: 3, seconds: 60 };
const generous: RateRule = { name: 'generous', points: 200, seconds: 60 };

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

async function redisThrottle(): Promise<Throttle> {
  const connections = new RedisConnections({ urls: [redis.url], cluster: false, prefix: `test${prefix}` });
  open.add(connections);
  await connections.settle();
  return new RedisThrottle(connections);
}

async function refusalOf(work: Promise<void>): Promise<ProblemError | undefined> {
  return work.then(
    () => undefined,
    (error: unknown) => (error instanceof ProblemError ? error : Promise.reject(error as Error)),
  );
}

/** How many of so many attempts, all at once, pass. */
async function passing(attempts: number, consume: (number: number) => Promise<void>): Promise<number> {
  const refusals = await Promise.all(Array.from({ length: attempts }, (_, number) => refusalOf(consume(number))));
  return refusals.filter((refusal) => refusal === undefined).length;
}

const adapters: [string, () => Promise<Throttle>][] = [
  ['the process', () => Promise.resolve(new ProcessThrottle())],
  ['Redis', redisThrottle],
];

describe.each(adapters)('counted in %s', (_, makeThrottle) => {
  let throttle: Throttle;

  beforeEach(async () => {
    throttle = await makeThrottle();
  });

  it('so many points are free, then one has to wait', async () => {
    for (let point = 0; point < 3; point++) await throttle.consume(rule, 'ada');
    const refusal = await refusalOf(throttle.consume(rule, 'ada'));
    expect(refusal?.code).toBe('rate_limited');
    expect(refusal?.retryAfter).toBeGreaterThan(55);
    expect(refusal?.retryAfter).toBeLessThanOrEqual(60);
  });

  it.each([rule, generous])('of many attempts at once no more than the free ones pass: %j', async (of) => {
    expect(await passing(of.points + 50, () => throttle.consume(of, 'ada'))).toBe(of.points);
    expect((await refusalOf(throttle.consume(of, 'ada')))?.retryAfter).toBeGreaterThan(50);
  });

  it('keys and rules do not disturb each other', async () => {
    await throttle.consume(rule, 'ada', 3);
    await throttle.consume(rule, 'bob');
    await throttle.consume({ ...rule, name: 'other' }, 'ada');
    expect(await refusalOf(throttle.consume(rule, 'ada'))).toBeDefined();
  });

  it.each([
    { name: 'short', points: 1, seconds: 1 },
    { name: 'short-generous', points: 100, seconds: 1 },
  ])('the window passes, and what was taken can be forgotten: %j', async (short) => {
    await throttle.consume(short, 'ada', short.points);
    expect(await refusalOf(throttle.consume(short, 'ada'))).toBeDefined();
    await delay(1_100);
    await throttle.consume(short, 'ada', short.points);
    if (short.points > 1) return;
    await throttle.clear(short, 'ada');
    await throttle.consume(short, 'ada');
  });
});

describe('counted in Redis, over several nodes', () => {
  it('what one node gave is taken from what the others have', async () => {
    const [one, two] = [await redisThrottle(), await redisThrottle()];
    expect(await passing(10, (number) => (number % 2 === 0 ? one : two).consume(rule, 'ada'))).toBe(3);
    const passed = await passing(1_000, (number) => (number % 2 === 0 ? one : two).consume(generous, 'ada'));
    expect(passed).toBeLessThanOrEqual(200);
    expect(passed).toBeGreaterThanOrEqual(190);
  });

  it('what one node forgot is forgotten on all', async () => {
    const [one, two] = [await redisThrottle(), await redisThrottle()];
    expect(await passing(5, () => two.consume(rule, 'ada'))).toBe(3);
    await one.clear(rule, 'ada');
    expect(await passing(5, () => two.consume(rule, 'ada'))).toBe(3);
  });

  it('while Redis is away each node counts for itself, without waiting', async () => {
    const [one, two] = [await redisThrottle(), await redisThrottle()];
    await one.consume(rule, 'ada', 3);
    await redis.kill();
    try {
      await delay(100);
      const askedAt = performance.now();
      for (const node of [one, two]) expect(await passing(5, () => node.consume(rule, 'ada'))).toBe(3);
      expect(performance.now() - askedAt).toBeLessThan(500);
    } finally {
      await redis.resume();
    }
  });
});

it('switched off, nothing is refused', async () => {
  const throttle: Throttle = new NoThrottle();
  for (let attempt = 0; attempt < 100; attempt++) await throttle.consume(rule, 'ada');
});
