/** A number in [0, 1), as `Math.random` gives it: handed in, so that tests can decide. */
export type Random = () => number;

/**
 * How long to wait before attempt number `attempt` (0 for the first repetition), in milliseconds: doubling from `firstMs` to
 * `longestMs`, with the upper half left to chance, so that clients that failed together do not come back together.
 */
export function backoffMs(attempt: number, random: Random, firstMs = 1_000, longestMs = 30_000): number {
  const ceiling = Math.min(longestMs, firstMs * 2 ** Math.min(attempt, 20));
  return Math.round(ceiling / 2 + random() * (ceiling / 2));
}

export type Timer = ReturnType<typeof setTimeout>;
