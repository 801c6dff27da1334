import { parseArgs } from 'node:util';
import { CHECKS, type Check } from './checks/findings.js';

export interface Options {
  /** How long faults and work go on. */
  minutes: number;
  seed: number;
  nodes: number;
  /** Processes of each node. */
  workers: number;
  redis: boolean;
  /** Spoils the evidence in one way before it is checked: a run that passes all the same checks nothing. */
  sabotage: Check | undefined;
}

export const USAGE = `npm run faults [-- --minutes 2 --seed N --nodes 2 --workers 1 --redis on|off --sabotage ${Object.keys(CHECKS).join('|')}]`;

const SEEDS = 1_000_000;

/** @throws Error with a sentence that says what is wrong */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string', default: '2' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * SEEDS)) },
      nodes: { type: 'string', default: '2' },
      workers: { type: 'string', default: '1' },
      redis: { type: 'string' },
      sabotage: { type: 'string' },
    },
  });
  const nodes = number('nodes', values.nodes, 1, 8);
  const workers = number('workers', values.workers, 1, 8);
  const { sabotage } = values;
  if (sabotage !== undefined && !isCheck(sabotage)) throw new Error(`There is no check ${sabotage}. ${USAGE}`);
  if (values.redis !== undefined && !['on', 'off'].includes(values.redis))
    throw new Error(`--redis is on or off. ${USAGE}`);
  return {
    minutes: number('minutes', values.minutes, 0.1, 600),
    seed: number('seed', values.seed, 0, 2 ** 31),
    nodes,
    workers,
    // Several processes without it store correctly and tell each other late.
    redis: values.redis === undefined ? nodes * workers > 1 : values.redis === 'on',
    sabotage,
  };
}

function number(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text !== '' && value >= least && value <= most) return value;
  throw new Error(`--${name} is a number from ${least} to ${most}, not ${text}. ${USAGE}`);
}

function isCheck(name: string): name is Check {
  return name in CHECKS;
}
