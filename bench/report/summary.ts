import type { Measurement } from '../load/measurement.js';

/** The median of several runs, and from where to where they went. */
export interface Figure {
  median: number;
  min: number;
  max: number;
}

/** Several runs of one step. */
export interface Summary {
  scenario: string;
  target: string;
  step: string;
  runs: number;
  /** By the path of the figure in a measurement, such as `acknowledged.p99`. Counts are the sums of all runs. */
  figures: Record<string, Figure>;
}

export interface Result extends Measurement {
  scenario: string;
  target: string;
  run: number;
}

export function summarise(results: readonly Result[]): Summary[] {
  const groups = new Map<string, Result[]>();
  for (const result of results) {
    const key = [result.scenario, result.target, result.step].join('\n');
    groups.set(key, [...(groups.get(key) ?? []), result]);
  }
  return [...groups.values()].flatMap((runs) => {
    const [first] = runs;
    if (first === undefined) return [];
    const { scenario, target, step } = first;
    return [{ scenario, target, step, runs: runs.length, figures: figuresOf(runs) }];
  });
}

function figuresOf(runs: readonly Result[]): Record<string, Figure> {
  const values = new Map<string, number[]>();
  for (const run of runs) {
    for (const [path, value] of numbersIn(run)) values.set(path, [...(values.get(path) ?? []), value]);
  }
  return Object.fromEntries([...values].map(([path, all]) => [path, figureOf(path, all)]));
}

/** Errors of one run must not vanish in a median of three. */
function figureOf(path: string, values: readonly number[]): Figure {
  const sorted = [...values].sort((a, b) => a - b);
  const [min = 0] = sorted;
  const max = sorted.at(-1) ?? 0;
  return { median: path.startsWith('counts.') ? values.reduce((a, b) => a + b, 0) : medianOf(sorted), min, max };
}

function medianOf(sorted: readonly number[]): number {
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  return (upper + lower) / 2;
}

function numbersIn(value: object, path = ''): [string, number][] {
  return Object.entries(value).flatMap(([name, part]: [string, unknown]): [string, number][] => {
    if (typeof part === 'number') return [[path + name, part]];
    return typeof part === 'object' && part !== null ? numbersIn(part, `${path}${name}.`) : [];
  });
}
