/**
 * Milliseconds on a clock that nobody sets and that all processes of this machine share: what happened in one of them can be
 * put in order with what happened in another, whatever the wall clocks of the clients say.
 */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint() / 1_000n) / 1_000;
}
