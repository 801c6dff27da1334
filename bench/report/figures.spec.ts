import { goalsOf } from './figures.js';
import type { Summary } from './summary.js';

function summary(target: string, figures: Record<string, number>, scenario = 'dm-closed', step = ''): Summary {
  const told = Object.entries(figures).map(
    ([path, value]) => [path, { median: value, min: value, max: value }] as const,
  );
  return { scenario, target, step, runs: 1, figures: Object.fromEntries(told) };
}

const PRICE = 'cpuMicros.server';

describe('the figures to reach', () => {
  const reached = (summaries: Summary[], what: RegExp): boolean | undefined =>
    goalsOf(summaries).find((goal) => what.test(goal.what))?.reached;

  it('are reached up to their bound, and not beyond', () => {
    const relay = summary('relay', { [PRICE]: 20 });
    expect(reached([relay, summary('chatr', { [PRICE]: 50 })], /server CPU/)).toBe(true);
    expect(reached([relay, summary('chatr', { [PRICE]: 51 })], /server CPU/)).toBe(false);
  });

  it('are not told of what was not measured', () => {
    expect(goalsOf([summary('relay', { [PRICE]: 20 })])).toEqual([]);
    expect(reached([summary('chatr', { [PRICE]: 50 })], /server CPU/)).toBeUndefined();
  });

  it('count a single lost message of any scenario', () => {
    const fine = summary('chatr', { 'counts.lost': 0, 'counts.duplicate': 0, 'counts.outOfOrder': 0 });
    expect(reached([fine], /lost/)).toBe(true);
    expect(reached([fine, summary('chatr, 2 workers', { 'counts.lost': 1 }, 'workers')], /lost/)).toBe(false);
  });

  it('let a full core of database and load excuse a server that is less than the limit', () => {
    const relay = summary('relay', { messagesPerSecond: 1000 });
    const chatr = (load: number): Summary =>
      summary('chatr', { messagesPerSecond: 300, seconds: 10, 'cpuSeconds.database': 5, 'cpuSeconds.load': load });
    expect(reached([relay, chatr(1)], /by relay’s/)).toBe(false);
    expect(reached([relay, chatr(4.9)], /by relay’s/)).toBe(true);
  });
});
