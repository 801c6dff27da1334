import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Summary } from './summary.js';
import { type BarGroup, barChart, lineChart } from './svg.js';

/** Draws what of these was measured, a file each. @returns their names */
export function writeCharts(folder: string, summaries: readonly Summary[]): string[] {
  const of = (scenario: string): Summary[] => summaries.filter((one) => one.scenario === scenario);
  const charts: Record<string, string | undefined> = {
    'dm-closed': bars('Direct messages a second, as fast as it goes', of('dm-closed'), 'messagesPerSecond'),
    'dm-closed-cpu': bars('Server CPU for each direct message, µs', of('dm-closed'), 'cpuMicros.server'),
    'dm-open': latencies(of('dm-open')),
    'fan-out': bars('Deliveries a second in one group', of('fan-out'), 'deliveriesPerSecond'),
    idle: bars('Memory of an idle socket, kB', of('idle'), 'more.kB per socket'),
    history: bars('Reading, ms (median)', of('history'), 'acknowledged.p50'),
    workers: bars('Server CPU for each message with Redis, µs', of('workers'), 'cpuMicros.server'),
  };
  const names: string[] = [];
  for (const [name, chart] of Object.entries(charts)) {
    if (chart === undefined) continue;
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${name}.svg`), chart);
    names.push(`${name}.svg`);
  }
  return names;
}

function bars(title: string, summaries: readonly Summary[], path: string): string | undefined {
  const groups = new Map<string, BarGroup & { bars: BarGroup['bars'][number][] }>();
  for (const { target, step, figures } of summaries) {
    const figure = figures[path];
    if (figure === undefined) continue;
    const group = groups.get(step) ?? { label: step, bars: [] };
    group.bars.push({ label: target, value: figure.median, min: figure.min, max: figure.max });
    groups.set(step, group);
  }
  return groups.size === 0 ? undefined : barChart(title, [...groups.values()]);
}

/** One point for each rate that was tried, up to the knee and what came beyond. */
function latencies(summaries: readonly Summary[]): string | undefined {
  const targets = [...new Set(summaries.map(({ target }) => target))];
  if (targets.length === 0) return undefined;
  const lines = targets.map((label) => ({
    label,
    points: summaries
      .filter(({ target, step }) => target === label && /^\d+\/s$/.test(step))
      .map(({ step, figures }) => ({ x: Number.parseInt(step, 10), y: figures['acknowledged.p99']?.median ?? 0 }))
      .sort((a, b) => a.x - b.x),
  }));
  return lineChart(
    'How long the slowest hundredth of direct messages takes',
    { x: 'messages a second', y: 'p99, ms' },
    lines,
  );
}
