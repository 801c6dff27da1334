import { setTimeout as sleep } from 'node:timers/promises';
import type { Stream } from './ledger.js';
import type { Run } from './run.js';

/** How long a sender that was refused waits before it goes on. */
const REFUSED_WAIT_MS = 20;

/** Keeps `window` messages of each stream under way: as fast as the server is. */
export async function closedLoop(run: Run, streams: readonly Stream[], window: number, seconds: number): Promise<void> {
  const end = performance.now() + seconds * 1000;
  const next = (stream: Stream): void => {
    const now = performance.now();
    if (now >= end) return;
    run.send(stream, now, (accepted) => {
      if (accepted) next(stream);
      else setTimeout(() => next(stream), REFUSED_WAIT_MS);
    });
  };
  for (const stream of streams) for (let under = 0; under < window; under++) next(stream);
  await sleep(seconds * 1000);
}

/** Sends at a fixed rate, whatever comes back, the streams taking turns. Messages are due at whole milliseconds. */
export async function openLoop(
  run: Run,
  streams: readonly Stream[],
  perSecond: number,
  seconds: number,
): Promise<void> {
  const start = performance.now();
  const total = Math.round(perSecond * seconds);
  for (let sent = 0; sent < total;) {
    const due = Math.min(total, Math.floor(((performance.now() - start) * perSecond) / 1000) + 1);
    for (; sent < due; sent++) {
      const stream = streams[sent % streams.length];
      if (stream !== undefined) run.send(stream, start + Math.ceil((sent * 1000) / perSecond));
    }
    await sleep(1);
  }
  await sleep(Math.max(0, start + seconds * 1000 - performance.now()));
}

/** Sends `count` messages of each stream, one after the other, and waits until they are all acknowledged and delivered. */
export async function closedLoopCount(run: Run, streams: readonly Stream[], count: number): Promise<void> {
  const sendAll = (stream: Stream): Promise<void> =>
    new Promise((resolve) => {
      let left = count;
      const next = (accepted: boolean): void => {
        if (accepted && --left === 0) resolve();
        else if (accepted) run.send(stream, performance.now(), next);
        else setTimeout(() => run.send(stream, performance.now(), next), REFUSED_WAIT_MS);
      };
      run.send(stream, performance.now(), next);
    });
  await Promise.all(streams.map(sendAll));
  await run.settle();
}
