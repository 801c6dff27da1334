import { randomUUID } from 'node:crypto';
import { ProblemError } from '../platform/index.js';
import { decodeCursor, encodeCursor } from './page-cursor.js';

it('gives back what it was made of', () => {
  const id = randomUUID();
  expect(decodeCursor(encodeCursor(id))).toBe(id);
});

it.each(['', 'x', '%', randomUUID(), encodeCursor('1; DROP TABLE chats')])('does not take %j for one', (cursor) => {
  expect(() => decodeCursor(cursor)).toThrow(ProblemError);
});
