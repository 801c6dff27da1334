// Charts that can be read on white and on black: they have no background, and text takes the colour of the reader's scheme.

export interface Bar {
  label: string;
  value: number;
  /** From where to where the runs went. */
  min: number;
  max: number;
}

export interface BarGroup {
  label: string;
  bars: readonly Bar[];
}

export interface Line {
  label: string;
  points: readonly { x: number; y: number }[];
}

const COLOURS: Readonly<Record<string, string>> = {
  relay: '#8b949e',
  'insert-each': '#d9822b',
  ejabberd: '#a371f7',
  chatr: '#2f81f7',
  'chatr, 1 worker': '#2f81f7',
  'chatr, 2 workers': '#1f9d55',
};
const OTHER_COLOUR = '#6e7781';

const STYLE = `text { font: 13px system-ui, sans-serif; fill: #1f2328 } .title { font-weight: 600 } .quiet { fill: #59636e }
  .rule { stroke: #59636e; stroke-opacity: .35 } .spread { stroke: #1f2328; stroke-width: 1.5 }
  @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .quiet { fill: #9198a1 } .spread { stroke: #e6edf3 } }`;

const WIDTH = 720;
const NAMES = 150;
const NUMBERS = 80;
const BAR = 20;

/** Lying bars, each with its number; the line on a bar is from where to where the runs went. */
export function barChart(title: string, groups: readonly BarGroup[]): string {
  const highest = Math.max(1e-9, ...groups.flatMap(({ bars }) => bars.map(({ max }) => max)));
  const scale = (value: number): number => (value / highest) * (WIDTH - NAMES - NUMBERS);
  const parts: string[] = [];
  let y = 34;
  for (const { label, bars } of groups) {
    if (label !== '') parts.push(`<text class="quiet" x="0" y="${(y += 18) - 4}">${escape(label)}</text>`);
    for (const bar of bars) {
      const middle = y + BAR / 2 - 2;
      parts.push(
        `<text x="${NAMES - 8}" y="${y + 13}" text-anchor="end">${escape(bar.label)}</text>`,
        `<rect x="${NAMES}" y="${y}" width="${round(scale(bar.value))}" height="${BAR - 4}" rx="2" fill="${colourOf(bar.label)}"/>`,
        `<line class="spread" x1="${round(NAMES + scale(bar.min))}" x2="${round(NAMES + scale(bar.max))}" y1="${middle}" y2="${middle}"/>`,
        `<text x="${round(NAMES + scale(bar.max) + 6)}" y="${y + 13}">${numeral(bar.value)}</text>`,
      );
      y += BAR;
    }
    y += 6;
  }
  return document(title, y, parts);
}

const PLOT = { left: 60, top: 56, right: 580, bottom: 320 };

/** Lines over two logarithmic axes. */
export function lineChart(title: string, axes: { x: string; y: string }, lines: readonly Line[]): string {
  const points = lines.flatMap((line) => line.points).filter(({ x, y }) => x > 0 && y > 0);
  if (points.length === 0) return document(title, PLOT.bottom, []);
  const across = axis(
    points.map(({ x }) => x),
    PLOT.left,
    PLOT.right,
  );
  const up = axis(
    points.map(({ y }) => y),
    PLOT.bottom,
    PLOT.top,
  );
  const rules = [
    ...across.marks.map(
      (mark) =>
        `<text class="quiet" x="${round(across.at(mark))}" y="${PLOT.bottom + 18}" text-anchor="middle">${numeral(mark)}</text>`,
    ),
    ...up.marks.map((mark) => {
      const y = round(up.at(mark));
      return `<line class="rule" x1="${PLOT.left}" x2="${PLOT.right}" y1="${y}" y2="${y}"/><text class="quiet" x="${PLOT.left - 8}" y="${y + 4}" text-anchor="end">${numeral(mark)}</text>`;
    }),
    `<text class="quiet" x="${PLOT.right}" y="${PLOT.bottom + 38}" text-anchor="end">${escape(axes.x)}</text>`,
    `<text class="quiet" x="0" y="${PLOT.top - 16}">${escape(axes.y)}</text>`,
  ];
  const drawn = lines.map(({ label, points: own }, index) => {
    const path = own
      .filter(({ x, y }) => x > 0 && y > 0)
      .map(({ x, y }) => `${round(across.at(x))},${round(up.at(y))}`);
    const colour = colourOf(label);
    return (
      `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${path.join(' ')}"/>` +
      `<text x="${PLOT.right + 26}" y="${PLOT.top + 20 * index + 4}">${escape(label)}</text>` +
      `<rect x="${PLOT.right + 10}" y="${PLOT.top + 20 * index - 6}" width="10" height="10" rx="2" fill="${colour}"/>`
    );
  });
  return document(title, PLOT.bottom + 46, [...rules, ...drawn]);
}

interface Axis {
  marks: number[];
  at: (value: number) => number;
}

/** From one power of ten to another. */
function axis(values: readonly number[], from: number, to: number): Axis {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))));
  return {
    marks: Array.from({ length: high - low + 1 }, (_, step) => 10 ** (low + step)),
    at: (value) => from + ((Math.log10(value) - low) / (high - low)) * (to - from),
  };
}

function document(title: string, height: number, parts: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height + 8}" role="img" aria-label="${escape(title)}">`,
    `<style>${STYLE}</style>`,
    `<text class="title" x="0" y="16">${escape(title)}</text>`,
    ...parts,
    '</svg>\n',
  ].join('\n');
}

function colourOf(label: string): string {
  return COLOURS[label] ?? OTHER_COLOUR;
}

function numeral(value: number): string {
  return value < 100 ? String(Number(value.toPrecision(3))) : Math.round(value).toLocaleString('en');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
