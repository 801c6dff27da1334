import { jest } from '@jest/globals';
import type { Logger } from '@nestjs/common';
import type pg from 'pg';
import type { AppendEntry } from './append.js';
import { BatchWriter } from './batch-writer.js';

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => jest.useRealTimers());

it('does not try the drafts of a batch one by one for longer than anybody waits', async () => {
  // Somebody holds a row of each sender: every attempt waits for a second, and comes to nothing.
  const connect = jest.fn(
    () =>
      new Promise((_, reject) => {
        setTimeout(
          () => reject(Object.assign(new Error('canceling statement due to lock timeout'), { code: '55P03' })),
          1_000,
        );
      }),
  );
  const batches = new BatchWriter(
    { connect } as unknown as pg.Pool,
    { warn: () => undefined } as unknown as Logger,
    () => undefined,
  );
  const refused: unknown[] = [];
  const deadline = performance.now() + 8_000;
  const batch = Array.from({ length: 20 }, (_, index): AppendEntry => ({
    draft: { chatId: `chat${index}`, senderId: 'ann', clientId: 'a', type: 'text', content: 'x' },
    turn: undefined,
    deadline,
    resolve: () => undefined,
    reject: (error) => refused.push(error),
  }));
  let held: AppendEntry[] | undefined;
  void batches.write(batch, false).then((left) => (held = left));
  await jest.advanceTimersByTimeAsync(30_000);
  expect(connect.mock.calls.length).toBeLessThan(12);
  expect([held?.length, refused.length].reduce((sum = 0, count = 0) => sum + count)).toBe(20);
  expect(refused).toContainEqual(expect.objectContaining({ code: 'unavailable', retryAfter: 1 }));
});
