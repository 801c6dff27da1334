import { setTimeout as delay } from 'node:timers/promises';
import { ProblemError } from '../errors/problem-error.js';
import { NoThrottle } from './no-throttle.js';
import { ProcessThrottle } from './process-throttle.js';
import type { RateRule, Throttle } from './throttle.js';

const rule: RateRule = { name: 'test', points: 3, seconds: 60 };

async function refusalOf(work: Promise<void>): Promise<ProblemError | undefined> {
  return work.then(
    () => undefined,
    (error: unknown) => (error instanceof ProblemError ? error : Promise.reject(error as Error)),
  );
}

test('so many points are free, then one has to wait', async () => {
  const throttle = new ProcessThrottle();
  for (let point = 0; point < 3; point++) await throttle.consume(rule, 'ada');
  const refusal = await refusalOf(throttle.consume(rule, 'ada'));
  expect(refusal?.code).toBe('rate_limited');
  expect(refusal?.retryAfter).toBeGreaterThan(55);
  expect(refusal?.retryAfter).toBeLessThanOrEqual(60);
});

test('of many attempts at once no more than the free ones pass', async () => {
  const throttle = new ProcessThrottle();
  const attempts = await Promise.all(Array.from({ length: 10 }, () => refusalOf(throttle.consume(rule, 'ada'))));
  expect(attempts.filter((refusal) => refusal === undefined)).toHaveLength(3);
});

test('keys and rules do not disturb each other', async () => {
  const throttle = new ProcessThrottle();
  await throttle.consume(rule, 'ada', 3);
  await throttle.consume(rule, 'bob');
  await throttle.consume({ ...rule, name: 'other' }, 'ada');
  expect(await refusalOf(throttle.consume(rule, 'ada'))).toBeDefined();
});

test('the window passes, and what was taken can be forgotten', async () => {
  const throttle = new ProcessThrottle();
  const short = { name: 'short', points: 1, seconds: 1 };
  await throttle.consume(short, 'ada');
  await delay(1_100);
  await throttle.consume(short, 'ada');
  await throttle.clear(short, 'ada');
  await throttle.consume(short, 'ada');
});

test('switched off, nothing is refused', async () => {
  const throttle: Throttle = new NoThrottle();
  for (let attempt = 0; attempt < 100; attempt++) await throttle.consume(rule, 'ada');
});
