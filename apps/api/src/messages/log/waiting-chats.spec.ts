import { jest } from '@jest/globals';
import type { AppendEntry } from './append.js';
import { WaitingChats } from './waiting-chats.js';

const LENGTH = 1_000;
const entry = (chatId: string, content: string, deadline = Infinity): AppendEntry =>
  ({ draft: { chatId, senderId: 'ann', clientId: content, type: 'text', content }, deadline }) as AppendEntry;
const contents = (entries: readonly AppendEntry[]): string[] => entries.map(({ draft }) => draft.content);

let waiting: WaitingChats;

beforeEach(() => {
  jest.useFakeTimers();
  waiting = new WaitingChats();
});

afterEach(() => jest.useRealTimers());

const add = (chatId: string, ...texts: string[]): void => {
  for (const text of texts) waiting.add(entry(chatId, text));
};
const later = (): void => {
  jest.advanceTimersByTime(60);
};

it('gives no more of a chat until what was taken of it is settled, and others meanwhile', () => {
  add('a', 'a1', 'a2', 'a3');
  expect(contents(waiting.take(2, LENGTH))).toEqual(['a1', 'a2']);
  add('a', 'a4');
  add('b', 'b1');
  expect([waiting.size, contents(waiting.take(9, LENGTH))]).toEqual([3, ['b1']]);
  expect([waiting.size, contents(waiting.take(9, LENGTH))]).toEqual([2, []]);
  waiting.settled(['a'], []);
  expect(contents(waiting.take(9, LENGTH))).toEqual(['a3', 'a4']);
  waiting.settled(['a', 'b'], []);
  expect([waiting.size, contents(waiting.take(9, LENGTH))]).toEqual([0, []]);
});

it('takes no more text than fits, but at least one draft', () => {
  add('a', 'x'.repeat(2_000), 'a2');
  add('b', 'b1');
  expect(waiting.take(9, LENGTH)).toHaveLength(1);
  waiting.settled(['a'], []);
  // The other chat had to wait, and is first now.
  expect(contents(waiting.take(9, 3))).toEqual(['b1']);
  expect(contents(waiting.take(9, LENGTH))).toEqual(['a2']);
});

it('keeps the order of a chat, whatever comes while it is held and however often it is tried', () => {
  add('a', '1', '2');
  const taken = waiting.take(9, LENGTH);
  add('a', '3');
  waiting.settled(['a'], taken);
  add('a', '4');
  expect([waiting.hasHeld, waiting.size]).toEqual([true, 0]);
  expect([contents(waiting.takeHeld(9)), contents(waiting.take(9, LENGTH))]).toEqual([[], []]);
  later();
  const tried = waiting.takeHeld(2);
  expect([contents(tried), waiting.size]).toEqual([['1', '2'], 2]);
  // Still held: they go back to where they were.
  waiting.settled(['a'], tried);
  later();
  expect(contents(waiting.takeHeld(9))).toEqual(['1', '2', '3', '4']);
  expect(waiting.hasHeld).toBe(false);
});

it('gives a chat that is no longer held its turn among the others', () => {
  add('a', 'a1', 'a2');
  waiting.settled(['a'], waiting.take(9, LENGTH));
  later();
  expect(contents(waiting.takeHeld(1))).toEqual(['a1']);
  expect([waiting.size, contents(waiting.take(9, LENGTH))]).toEqual([1, []]);
  waiting.settled(['a'], []);
  expect(contents(waiting.take(9, LENGTH))).toEqual(['a2']);
});

it('gives every held chat its share, and those that were tried go to the end', () => {
  for (const chat of ['a', 'b', 'c']) add(chat, `${chat}1`, `${chat}2`, `${chat}3`);
  waiting.settled(['a', 'b', 'c'], waiting.take(9, LENGTH));
  later();
  const first = waiting.takeHeld(2);
  expect(contents(first)).toEqual(['a1', 'b1']);
  waiting.settled(['a', 'b'], first);
  later();
  expect(contents(waiting.takeHeld(2))).toEqual(['c1', 'a1']);
});

it('gives up what is too late, but for chats that are held', () => {
  waiting.add(entry('held', 'h1', 5));
  waiting.settled(['held'], waiting.take(9, LENGTH));
  waiting.add(entry('a', 'a1', 5));
  waiting.add(entry('a', 'a2', 50));
  waiting.add(entry('b', 'b1', 5));
  expect(contents(waiting.takeLate(10))).toEqual(['a1', 'b1']);
  expect([waiting.size, contents(waiting.take(9, LENGTH))]).toEqual([1, ['a2']]);
  later();
  expect(contents(waiting.takeHeld(9))).toEqual(['h1']);
});
