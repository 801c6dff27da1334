import type { Goal } from './figures.js';
import type { Figure, Summary } from './summary.js';

interface Column {
  title: string;
  cell: (summary: Summary) => string;
}

const COLUMNS: readonly Column[] = [
  { title: 'target', cell: ({ target }) => target },
  { title: 'step', cell: ({ step }) => step },
  { title: 'msg/s', cell: number('messagesPerSecond', 1, 0) },
  { title: 'deliv/s', cell: number('deliveriesPerSecond', 1, 0) },
  { title: 'p50 ms', cell: number('acknowledged.p50', 1, 1) },
  { title: 'p95', cell: number('acknowledged.p95', 1, 1) },
  { title: 'p99', cell: number('acknowledged.p99', 1, 1) },
  { title: 'max', cell: number('acknowledged.max', 1, 0) },
  { title: 'deliv p99', cell: number('delivered.p99', 1, 1) },
  { title: 'µs/msg srv', cell: number('cpuMicros.server', 1, 0) },
  { title: 'db', cell: number('cpuMicros.database', 1, 0) },
  { title: 'load', cell: number('cpuMicros.load', 1, 0) },
  { title: 'busy % srv', cell: share('cpuSeconds.server') },
  { title: 'db', cell: share('cpuSeconds.database') },
  { title: 'load', cell: share('cpuSeconds.load') },
  { title: 'others', cell: share('othersCpuSeconds') },
  { title: 'RSS MB', cell: number('rssBytes.serverPeak', 1e-6, 0) },
  { title: 'dup', cell: number('counts.duplicate', 1, 0) },
  { title: 'lost', cell: number('counts.lost', 1, 0) },
  { title: 'order', cell: number('counts.outOfOrder', 1, 0) },
  { title: 'refused', cell: number('counts.refused', 1, 0) },
  { title: 'err', cell: number('counts.errors', 1, 0) },
];

/** The steps of one scenario, one a line, then what only this scenario tells. */
export function tableOf(summaries: readonly Summary[]): string {
  const rows = [COLUMNS.map(({ title }) => title), ...summaries.map((one) => COLUMNS.map(({ cell }) => cell(one)))];
  return [...aligned(rows), ...summaries.flatMap(moreOf)].join('\n');
}

/** The figures to reach, one a line. */
export function goalTable(goals: readonly Goal[]): string {
  const rows = goals.map(({ what, measured, wanted, reached }) => [
    what,
    measured,
    wanted,
    reached ? 'reached' : 'NOT reached',
  ]);
  return aligned([['Figures to reach', 'measured', 'wanted', ''], ...rows]).join('\n');
}

/** Rows of cells as lines, the first column to the left, the others to the right. */
export function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  );
}

function moreOf({ target, step, figures }: Summary): string[] {
  const parts = Object.entries(figures)
    .filter(([path]) => path.startsWith('more.'))
    .map(([path, figure]) => `${path.slice('more.'.length)} ${text(figure, 1, figure.median < 100 ? 2 : 0)}`);
  return parts.length === 0 ? [] : [`  ${[target, step].filter(Boolean).join(' ')}: ${parts.join(', ')}`];
}

function number(path: string, factor: number, digits: number): Column['cell'] {
  return ({ figures }) => {
    const figure = figures[path];
    return figure === undefined ? '' : text(figure, factor, digits);
  };
}

function share(path: string): Column['cell'] {
  return ({ figures }) => {
    const [spent, seconds] = [figures[path], figures['seconds']];
    return spent === undefined || seconds === undefined ? '' : ((100 * spent.median) / seconds.median).toFixed(0);
  };
}

/** The median, and behind it from where to where the runs went. */
function text({ median, min, max }: Figure, factor: number, digits: number): string {
  const [middle, low, high] = [median, min, max].map((value) => (value * factor).toFixed(digits));
  return low === high || middle === undefined ? (middle ?? '') : `${middle} (${low ?? ''}–${high ?? ''})`;
}
