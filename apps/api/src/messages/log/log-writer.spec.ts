import { jest } from '@jest/globals';
import type { Logger } from '@nestjs/common';
import type pg from 'pg';
import type { AppendEntry } from './append.js';
import { BatchWriter } from './batch-writer.js';
import { LogWriter } from './log-writer.js';

/** What was given to be written, in the order of the batches, and how each of them ends. */
let batches: { chats: string[]; mayBeHeld: boolean; settle: (held?: AppendEntry[]) => void }[];
let writer: LogWriter;

beforeEach(() => {
  jest.useFakeTimers();
  batches = [];
  jest.spyOn(BatchWriter.prototype, 'write').mockImplementation(
    (batch, mayBeHeld) =>
      new Promise((resolve) => {
        const chats = batch.map(({ draft }) => draft.chatId);
        batches.push({ chats, mayBeHeld, settle: (held = []) => resolve(held) });
      }),
  );
  writer = new LogWriter({} as pg.Pool, {} as Logger, () => undefined);
});

afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

const entry = (chatId: string): AppendEntry =>
  ({
    draft: { chatId, senderId: 'ann', clientId: chatId, type: 'text', content: 'x' },
    deadline: Infinity,
  }) as AppendEntry;
const add = (prefix: string, count: number): void => {
  for (let number = 1; number <= count; number++) writer.add(entry(`${prefix}${number}`));
};
/** And then a turn of the event loop. */
const pass = async (milliseconds: number): Promise<void> => {
  await jest.advanceTimersByTimeAsync(milliseconds);
  await jest.advanceTimersByTimeAsync(0);
};
const sizes = (): number[] => batches.map(({ chats }) => chats.length);

it('writes at once what comes while nothing is under way, and together what one turn brings', async () => {
  add('a', 3);
  await pass(0);
  expect(sizes()).toEqual([3]);
});

it('starts another batch beside one only when as much waits as is under way', async () => {
  add('a', 4);
  await pass(0);
  add('b', 3);
  await pass(50);
  expect(sizes()).toEqual([4]);
  add('c', 1);
  await pass(0);
  expect(sizes()).toEqual([4, 4]);
  expect(writer.backlog).toBe(0);
});

it('takes half of what waits where much does', async () => {
  add('a', 1);
  await pass(0);
  add('b', 200);
  batches[0]?.settle();
  await pass(0);
  // As much waits as is under way, so another one starts; half of it is less than a whole batch.
  expect(sizes()).toEqual([1, 100, 64]);
  expect(writer.backlog).toBe(36);
});

it('does not let others gather as much as a batch that hangs holds', async () => {
  add('a', 30);
  await pass(0);
  add('b', 1);
  await pass(90);
  expect(sizes()).toEqual([30]);
  await pass(20);
  expect(sizes()).toEqual([30, 1]);
  // What it holds does not count when it ends at last, either.
  batches[0]?.settle();
  batches[1]?.settle();
  await pass(0);
  add('c', 1);
  await pass(0);
  add('d', 1);
  await pass(0);
  expect(sizes()).toEqual([30, 1, 1, 1]);
});

it('tries again what somebody else holds, and is not done before that', async () => {
  const done = jest.fn();
  add('a', 1);
  await pass(0);
  batches[0]?.settle([entry('a1')]);
  await pass(0);
  void writer.finish().then(done);
  await pass(40);
  expect([sizes(), done.mock.calls.length]).toEqual([[1], 0]);
  await pass(20);
  expect(batches.map(({ mayBeHeld }) => mayBeHeld)).toEqual([false, true]);
  batches[1]?.settle();
  await pass(0);
  expect(done).toHaveBeenCalled();
});
