import { monotonicMs } from '../clock.js';

const BEAT_MS = 100;
/** A machine that leaves this process waiting this long left the servers and clients waiting, too. */
const STALL_MS = 1_000;

/** Notices when the machine itself stood still: what is late then was not made late by what is tested. */
export class StallWatch {
  #calmSince = monotonicMs();
  #lastBeat = monotonicMs();
  readonly #timer = setInterval(() => {
    const now = monotonicMs();
    const stoodStillMs = now - this.#lastBeat - BEAT_MS;
    this.#lastBeat = now;
    if (stoodStillMs < STALL_MS) return;
    this.#calmSince = now;
    this.stalled(stoodStillMs);
  }, BEAT_MS);

  /** @param stalled told of each time it stood still, in milliseconds */
  constructor(private readonly stalled: (ms: number) => void) {}

  get calmSince(): number {
    return this.#calmSince;
  }

  end(): void {
    clearInterval(this.#timer);
  }
}
