import { randomInt } from 'node:crypto';
import { LIMITS } from '@chatr/contracts';
import { foldForSearch, usernameFault } from '../names.js';

const TRIES = 12;
const ROOM_FOR_DIGITS = 4;

/** Usernames that are near to what somebody wished for and may be chosen, whether or not they are free; the nearest first. */
export function near(wish: string): string[] {
  const base = foldForSearch(wish)
    .replace(/[^a-z0-9_.-]+/g, '')
    .replace(/^[_.-]+|[.-]+$/g, '')
    .slice(0, LIMITS.usernameLength - ROOM_FOR_DIGITS)
    .replace(/[.-]+$/, '');
  if (base === '') return [];
  const numbered = Array.from(
    { length: TRIES },
    (_, index) => `${base}${randomInt(2, index < TRIES / 2 ? 100 : 10_000)}`,
  );
  return [...new Set([base, ...numbered])].filter((name) => usernameFault(name) === undefined);
}
