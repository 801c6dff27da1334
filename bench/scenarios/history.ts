import type { Measurement } from '../load/measurement.js';
import { PAGE, readerOf } from '../load/readers.js';
import type { Run } from '../load/run.js';
import type { Scale } from './scale.js';
import type { Scenario } from './scenario.js';

const LONG = 100_000;
const SHORT = 100;
const CHATS = 500;
const AT_ONCE = 4;
/** How deep in a chat pages are read, as shares of it: not at its ends. */
const [DEEPEST, SHALLOWEST] = [0.05, 0.75];

/** Reading what was written, with four requests under way. */
export const history: Scenario = {
  name: 'history',
  description: `pages of ${PAGE} messages: the newest of a chat of ${SHORT} and of ${LONG}, and deep in the latter; the list of ${CHATS} chats`,
  plan: () => ({
    people: CHATS + 1,
    chats: [LONG, SHORT, ...Array.from({ length: CHATS - 2 }, () => 1)].map((messages, chat) => ({
      kind: 'direct',
      members: [0, chat + 1],
      messages,
    })),
  }),
  drive: async (run, scale) => {
    await run.connect([0]);
    const [person] = run.world.people;
    if (person === undefined) throw new Error('there is nobody to read');
    const reader = readerOf(run.job, person, run.connection(0));
    const [long, short] = [run.chat(0).id, run.chat(1).id];
    const newest = await reader.newest(long);
    const deep = (): string => reader.placeAt(newest, LONG, DEEPEST + Math.random() * (SHALLOWEST - DEEPEST));
    const steps = [
      await repeat(run, scale, `newest of ${SHORT}`, PAGE, async () => (await reader.newest(short)).count),
      await repeat(run, scale, `newest of ${LONG}`, PAGE, async () => (await reader.newest(long)).count),
      await repeat(run, scale, `deep in ${LONG}`, PAGE, async () => (await reader.before(long, deep())).count),
    ];
    if (reader.chats === undefined) return steps;
    return [...steps, await repeat(run, scale, `${CHATS} chats`, CHATS, () => reader.chats?.() ?? Promise.resolve(0))];
  },
};

/** @param expected how many items each answer must hold */
async function repeat(
  run: Run,
  { stepSeconds }: Scale,
  step: string,
  expected: number,
  ask: () => Promise<number>,
): Promise<Measurement> {
  const askUntil = async (end: number): Promise<void> => {
    for (let now = performance.now(); now < end; now = performance.now())
      await run.request(now, async () => {
        const count = await ask();
        if (count !== expected) throw new Error(`${step}: ${count} items instead of ${expected}`);
      });
  };
  const together = async (seconds: number): Promise<void> => {
    const end = performance.now() + seconds * 1000;
    await Promise.all(Array.from({ length: AT_ONCE }, () => askUntil(end)));
  };
  await together(stepSeconds / 2);
  return run.measure(step, () => together(stepSeconds));
}
