import { jest } from '@jest/globals';
import type { AppendEntry } from './append.js';
import { HeldChats } from './held-chats.js';

const entry = (chatId: string, content: string): AppendEntry =>
  ({ draft: { chatId, senderId: 'ann', clientId: content, type: 'text', content } }) as AppendEntry;
const contents = (entries: readonly AppendEntry[]): string[] => entries.map(({ draft }) => draft.content);

let held: HeldChats;

beforeEach(() => {
  jest.useFakeTimers();
  held = new HeldChats();
});

afterEach(() => jest.useRealTimers());

const later = (): void => {
  jest.advanceTimersByTime(60);
};

it('keeps the order of a chat, whatever comes while it is held and however often it is tried', () => {
  held.keep([entry('a', '1'), entry('a', '2')]);
  expect(held.keepBehind(entry('a', '3'))).toBe(true);
  expect(contents(held.take(10))).toEqual([]);
  later();
  const tried = held.take(2);
  expect(contents(tried)).toEqual(['1', '2']);
  // Still held: they go back to where they were.
  held.keep(tried);
  held.release();
  later();
  expect(contents(held.take(10))).toEqual(['1', '2', '3']);
});

it('keeps nothing of other chats, and is empty once all was taken', () => {
  held.keep([entry('a', '1')]);
  expect(held.keepBehind(entry('b', '1'))).toBe(false);
  later();
  held.take(10);
  // The chat counts as held until it is known what became of those that were taken.
  expect(held.keepBehind(entry('a', '2'))).toBe(true);
  held.release();
  expect(held.isEmpty).toBe(false);
  held.take(10);
  held.release();
  expect([held.isEmpty, held.keepBehind(entry('a', '3'))]).toEqual([true, false]);
});

it('gives every chat its share, and those that were tried go to the end', () => {
  for (const chat of ['a', 'b', 'c']) held.keep([1, 2, 3].map((number) => entry(chat, `${chat}${number}`)));
  later();
  const first = held.take(2);
  expect(contents(first)).toEqual(['a1', 'b1']);
  held.keep(first);
  later();
  expect(contents(held.take(2))).toEqual(['c1', 'a1']);
});
