import { setTimeout as sleep } from 'node:timers/promises';
import type { Stream } from '../load/ledger.js';
import type { Measurement } from '../load/measurement.js';
import type { Run } from '../load/run.js';
import { PAST } from '../world.js';
import type { Scenario } from './scenario.js';

const SIZES = [100, 500, 1_000];
const SENDERS = 4;
const WINDOW = 2;
const PEOPLE = Math.max(...SIZES);

/** One group with everybody online: a message is sent when one before it has come to all. */
export const fanOut: Scenario = {
  name: 'fan-out',
  description: `one group of ${SIZES.join(', ')} members, all online; ${SENDERS} of them write with ${WINDOW} messages under way`,
  plan: () => ({
    people: PEOPLE,
    chats: SIZES.map((size) => ({
      kind: 'group',
      members: Array.from({ length: size }, (_, person) => person),
      messages: PAST,
    })),
  }),
  drive: async (run, { warmUpSeconds, seconds }) => {
    await run.connect();
    const measurements: Measurement[] = [];
    for (const [chat, size] of SIZES.entries()) {
      const streams = Array.from({ length: SENDERS }, (_, sender) => run.stream(chat, sender));
      await fan(run, streams, size - 1, warmUpSeconds);
      await run.settle();
      const measured = await run.measure(`${size} members`, () => fan(run, streams, size - 1, seconds));
      measurements.push({ ...measured, more: { 'server µs per delivery': perDelivery(measured) } });
    }
    return measurements;
  },
};

async function fan(run: Run, streams: readonly Stream[], receivers: number, seconds: number): Promise<void> {
  const end = performance.now() + seconds * 1000;
  const next = (stream: Stream): void => {
    const now = performance.now();
    if (now >= end) return;
    const number = run.send(stream, now);
    run.whenComplete(stream, number, receivers, () => next(stream));
  };
  for (const stream of streams) for (let under = 0; under < WINDOW; under++) next(stream);
  await sleep(seconds * 1000);
}

function perDelivery({ cpuSeconds, deliveriesPerSecond, seconds }: Measurement): number {
  return (cpuSeconds.server * 1e6) / (deliveriesPerSecond * seconds);
}
