import { randomUUID } from 'node:crypto';
import { LIMITS } from '@chatr/contracts';
import { validateSync } from 'class-validator';
import { IsVersionMap } from './is-version-map.js';

class Held {
  @IsVersionMap()
  chats: unknown;
}

const accepts = (chats: unknown): boolean => validateSync(Object.assign(new Held(), { chats })).length === 0;
const id = randomUUID();

it('takes chat ids with whole numbers from nought', () => {
  expect([accepts({}), accepts({ [id]: 0 }), accepts({ [id]: Number.MAX_SAFE_INTEGER })]).toEqual([true, true, true]);
});

it.each([
  ['a list', []],
  ['null', null],
  ['a text', 'x'],
  ['a key that is no id', { x: 1 }],
  ['an id in capitals, which the server would not know again', { [id.toUpperCase().replace(/^./, 'A')]: 1 }],
  ['a negative version', { [id]: -1 }],
  ['a fraction', { [id]: 1.5 }],
  ['a version as text', { [id]: '1' }],
  ['infinity', { [id]: Infinity }],
  ['more than can be counted', { [id]: 2 ** 53 }],
])('refuses %s', (_what, chats) => {
  expect(accepts(chats)).toBe(false);
});

it('takes so many chats and no more', () => {
  const map = (size: number): object => Object.fromEntries(Array.from({ length: size }, () => [randomUUID(), 1]));
  expect([accepts(map(LIMITS.syncChats)), accepts(map(LIMITS.syncChats + 1))]).toEqual([true, false]);
});
