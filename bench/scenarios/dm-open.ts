import type { Stream } from '../load/ledger.js';
import { closedLoop, openLoop } from '../load/loops.js';
import { type Measurement, wasDisturbed } from '../load/measurement.js';
import type { Run } from '../load/run.js';
import { pairs } from '../world.js';
import type { Scale } from './scale.js';
import type { Scenario } from './scenario.js';

const PAIRS = 50;
const RATES = [50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 40_000, 80_000];
/** How often the gap between the last rate that was kept up with and the first that was not is halved. */
const REFINEMENTS = 3;
/** A server keeps up when it does this share of what it is given… */
const KEPT_UP = 0.95;
/** …and its slowest hundredth is no slower than this. */
const BEARABLE_MS = 200;
const OVERLOAD = 3;
const SECOND_CHANCES = 2;

/** Messages come at a rate of their own, as from people. How much can it take, how fast is it before, and what comes after? */
export const dmOpen: Scenario = {
  name: 'dm-open',
  description: `${PAIRS} pairs at a fixed rate, raised until the server no longer keeps up (the knee); then half the knee, 3 × the knee, and half again`,
  plan: () => pairs(PAIRS),
  drive: async (run, scale) => {
    await run.connect();
    const streams = run.world.chats.map((_, pair) => run.stream(pair, pair * 2));
    await closedLoop(run, streams, 1, scale.warmUpSeconds);
    await run.settle();
    const { knee, steps } = await findKnee(run, streams, scale.stepSeconds);
    const half = Math.round(knee / 2);
    // The search went beyond what the server can do; what it left behind is not half the knee's. To collect it throws compiled
    // code away, too, so the server is warmed again.
    await run.collectServerGarbage();
    await openLoop(run, streams, half, scale.warmUpSeconds);
    await run.settle();
    return [
      ...steps,
      await at(run, streams, half, scale.seconds, 'half the knee'),
      await overload(run, streams, knee * OVERLOAD, scale),
      await at(run, streams, half, scale.seconds, 'after it'),
    ];
  },
};

async function findKnee(
  run: Run,
  streams: readonly Stream[],
  seconds: number,
): Promise<{ knee: number; steps: Measurement[] }> {
  const steps: Measurement[] = [];
  let [good, bad] = [0, Infinity];
  const attempt = async (rate: number): Promise<void> => {
    let step = await at(run, streams, rate, seconds, `${rate}/s`);
    // What something else on this machine spoiled says nothing of the server: it gets another chance.
    for (let again = 0; again < SECOND_CHANCES && !keepsUp(step, rate) && wasDisturbed(step); again++)
      step = await at(run, streams, rate, seconds, `${rate}/s`);
    steps.push(step);
    if (keepsUp(step, rate)) good = rate;
    else bad = rate;
  };
  for (const rate of RATES) {
    await attempt(rate);
    if (bad !== Infinity) break;
  }
  for (let refinement = 0; refinement < REFINEMENTS && bad !== Infinity && good > 0; refinement++)
    await attempt(Math.round((good + bad) / 2 / 50) * 50);
  const best = steps.find(({ step }) => step === `${good}/s`);
  if (best === undefined) throw new Error(`the server does not keep up with ${RATES[0] ?? 0} messages a second`);
  return { knee: good, steps: [...steps, { ...best, step: 'knee', more: { 'messages/s': good } }] };
}

function at(run: Run, streams: readonly Stream[], rate: number, seconds: number, step: string): Promise<Measurement> {
  return run.measure(step, () => openLoop(run, streams, rate, seconds));
}

function keepsUp({ messagesPerSecond, acknowledged, counts }: Measurement, rate: number): boolean {
  const fastEnough = acknowledged !== undefined && acknowledged.p99 <= BEARABLE_MS;
  return fastEnough && messagesPerSecond >= rate * KEPT_UP && counts.refused === 0;
}

/** Its memory stays within bounds (the column RSS), what it cannot take it refuses, and what it took it works off. */
async function overload(run: Run, streams: readonly Stream[], rate: number, scale: Scale): Promise<Measurement> {
  const step = await at(run, streams, rate, scale.stepSeconds, '3 × the knee');
  return { ...step, more: { 'offered/s': rate, 'ms until all was answered': step.settleMs } };
}
