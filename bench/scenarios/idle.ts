import { setTimeout as sleep } from 'node:timers/promises';
import type { Measurement } from '../load/measurement.js';
import type { ChatPlan } from '../world.js';
import type { Scenario } from './scenario.js';

const COUNTS = [1_000, 5_000];
/** Connected and gone before the memory is first looked at: what is made once must not count as a socket's. */
const REHEARSAL = 500;
const SIDE = 10;
const CHATS_PER_LINE = 10;
const SETTLE_MS = 2_000;

/** People who are there and say nothing. */
export const idle: Scenario = {
  name: 'idle',
  description: `${COUNTS.join(' and ')} sockets, each in ${2 * CHATS_PER_LINE} chats of ${SIDE}: the server's memory for each of them, after it collected its garbage`,
  plan: () => ({ people: Math.max(...COUNTS), chats: chatsOf(Math.max(...COUNTS)) }),
  drive: async (run) => {
    const rest = async (): Promise<number> => {
      await sleep(SETTLE_MS);
      await run.collectServerGarbage();
      await sleep(SETTLE_MS / 2);
      return run.usage().server.rssBytes;
    };
    await run.connect(range(0, REHEARSAL));
    run.disconnect();
    const empty = await rest();
    const measurements: Measurement[] = [];
    let connected = 0;
    for (const count of COUNTS) {
      const startedAt = performance.now();
      await run.connect(range(connected, count));
      const perSecond = ((count - connected) * 1000) / (performance.now() - startedAt);
      connected = count;
      const full = await rest();
      const more = { 'kB per socket': (full - empty) / count / 1000, 'connected/s': perSecond };
      measurements.push(await run.measure(`${count} sockets`, () => sleep(SETTLE_MS), more));
    }
    return measurements;
  },
};

/**
 * People stand in squares of ten by ten. Each line and each column of a square has ten chats: everybody is in twenty, and knows
 * eighteen people.
 */
function chatsOf(people: number): ChatPlan[] {
  const lines = range(0, people / SIDE).map((line) => {
    const square = Math.floor(line / SIDE) * SIDE * SIDE;
    const place = line % SIDE;
    return [
      range(0, SIDE).map((step) => square + place * SIDE + step),
      range(0, SIDE).map((step) => square + step * SIDE + place),
    ];
  });
  return lines.flat().flatMap((members) => range(0, CHATS_PER_LINE).map(() => ({ kind: 'group' as const, members })));
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, step) => from + step);
}
