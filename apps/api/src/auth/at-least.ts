import { setTimeout as delay } from 'node:timers/promises';

/** Does something and comes back no sooner than after so many milliseconds, so that the time it took says little about what it found. */
export async function atLeast<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  const [result] = await Promise.all([work, delay(milliseconds)]);
  return result;
}
