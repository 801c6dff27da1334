import { closedLoop } from '../load/loops.js';
import { pairs } from '../world.js';
import type { Scenario } from './scenario.js';

const PAIRS = 50;
const WINDOW = 4;

/** As fast as it goes: how many messages, and at which price. */
export const dmClosed: Scenario = {
  name: 'dm-closed',
  description: `${PAIRS} pairs, the first of each writes to the other with ${WINDOW} messages under way`,
  plan: () => pairs(PAIRS),
  drive: async (run, { warmUpSeconds, seconds }) => {
    await run.connect();
    const streams = run.world.chats.map((_, pair) => run.stream(pair, pair * 2));
    await closedLoop(run, streams, WINDOW, warmUpSeconds);
    await run.settle();
    return [await run.measure('', () => closedLoop(run, streams, WINDOW, seconds))];
  },
};
