import { randomInt } from 'node:crypto';
import { LIMITS } from '@chatr/contracts';
import { foldForSearch, isReadableName, usernameProblem } from '../../users/index.js';
import type { ProviderProfile } from './provider-profile.js';

const ROOM_FOR_NUMBER = 7;
const NUMBERED = 8;

/**
 * Usernames for somebody who did not choose one, the best first and without an end in sight: whoever takes them asks for the next
 * until one is free. All of them may be used.
 */
export function* usernamesFor(profile: Pick<ProviderProfile, 'usernames'>): Generator<string, never> {
  const names = [...profile.usernames.map(usable), 'person'];
  // What is reserved stays so with a number behind it; what is too short gets long enough by one.
  const bases = [...new Set(names)].filter((name) => mayBeUsed(name) || /^[a-z0-9]{2}$/.test(name));
  yield* bases.filter(mayBeUsed);
  const base = (bases[0] ?? 'person').slice(0, LIMITS.usernameLength - ROOM_FOR_NUMBER);
  for (let number = 2; number < NUMBERED; number++) yield `${base}${number}`;
  for (;;) yield `${base}${randomInt(100_000, 1_000_000)}`;
}

function mayBeUsed(name: string): boolean {
  return usernameProblem(name) === undefined;
}

/** What is left of a name when only what usernames may hold is kept. */
function usable(name: string): string {
  return foldForSearch(name)
    .replace(/[^a-z0-9_.-]+/g, '.')
    .replace(/\.{2,}/g, '.')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, LIMITS.usernameLength)
    .replace(/[.-]+$/, '');
}

/** What others see of somebody who did not say. */
export function displayNameFor({ displayNames }: Pick<ProviderProfile, 'displayNames'>, username: string): string {
  const fitting = displayNames.map((name) => Array.from(name).slice(0, LIMITS.displayNameLength).join('').trim());
  return fitting.find(isReadableName) ?? username;
}
