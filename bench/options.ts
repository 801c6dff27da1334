import { parseArgs } from 'node:util';
import { SCENARIOS } from './scenarios/index.js';
import { type Scale, SCALES } from './scenarios/scale.js';
import type { Scenario } from './scenarios/scenario.js';
import { TARGETS } from './targets/index.js';
import type { Target } from './targets/target.js';

export const USAGE = `npm run bench [-- scenario… --target a,b --profile quick|full --runs n]

scenarios:
${list(SCENARIOS)}
targets:
${list(TARGETS)}
  --profile quick|full  a look of at most ten minutes (the default), or for the record
  --runs n              of each scenario and target; medians are shown, and from where to where
  --seconds n           how long each step is measured
  --flame               a CPU profile of the server for each step, beside the results
  --statements          what PostgreSQL's time went to, beside the results`;

export interface Options {
  scenarios: Scenario[];
  targets: Target[];
  scale: Scale;
  flame: boolean;
  statements: boolean;
}

/** @throws Error with a sentence about what is wrong with them */
export function readOptions(args: string[]): Options | 'help' {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      target: { type: 'string', default: '' },
      profile: { type: 'string', default: 'quick' },
      runs: { type: 'string' },
      seconds: { type: 'string' },
      flame: { type: 'boolean', default: false },
      statements: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const scale = values.profile === 'full' ? SCALES.full : SCALES.quick;
  if (values.profile !== scale.profile)
    throw new Error(`There is no profile ${values.profile}; there are quick and full.`);
  const seconds = number('seconds', values.seconds, scale.seconds);
  return {
    scenarios: choose('scenario', SCENARIOS, positionals),
    targets: choose('target', TARGETS, values.target.split(',').filter(Boolean)),
    scale: { ...scale, seconds, runs: number('runs', values.runs, scale.runs) },
    flame: values.flame,
    statements: values.statements,
  };
}

function choose<T extends { name: string }>(kind: string, all: readonly T[], names: readonly string[]): T[] {
  const unknown = names.filter((name) => all.every((one) => one.name !== name));
  if (unknown.length > 0) {
    const known = all.map(({ name }) => name).join(', ');
    throw new Error(`There is no ${kind} ${unknown.join(', ')}; there are ${known}.`);
  }
  return all.filter(({ name }) => names.length === 0 || names.includes(name));
}

function number(name: string, given: string | undefined, otherwise: number): number {
  const value = given === undefined ? otherwise : Number(given);
  if (!(value > 0)) throw new Error(`--${name} must be a number above 0.`);
  return value;
}

function list(named: readonly { name: string; description: string }[]): string {
  return named.map(({ name, description }) => `  ${name.padEnd(14)}${description}`).join('\n');
}
