import type { Figure, Summary } from './summary.js';

/** One figure that Chatr is to reach, beside another server measured in the same run. */
export interface Goal {
  what: string;
  measured: string;
  wanted: string;
  reached: boolean;
}

/** Finds a figure; undefined where it was not measured. */
type Find = (scenario: string, target: string, path: string, step?: string) => number | undefined;

type Rule = (find: Find) => Goal | undefined;

const HALF = 'half the knee';
const OVER = '3 × the knee';
const AFTER = 'after it';
/** Where database and load have this share of their core, they are the limit. */
const FULL = 0.95;
/** Memory is bounded when an overload raises it by no more than this. */
const GROWTH = 2;
/** A server has recovered when its p99 is no more than this times what it was, or this much above. */
const RECOVERED = { times: 2, ms: 10 };

const RULES: readonly Rule[] = [
  ratio('dm-closed: server CPU for each message, by relay’s', 'dm-closed', 'cpuMicros.server', 'relay', 'at most', 2.5),
  throughputBesideRelay,
  ratio('dm-closed: messages/s, by insert-each’s', 'dm-closed', 'messagesPerSecond', 'insert-each', 'at least', 4),
  ratio('dm-closed: messages/s, by ejabberd’s', 'dm-closed', 'messagesPerSecond', 'ejabberd', 'at least', 1.5),
  latencyAtHalfTheKnee,
  latencyBesideEjabberd,
  memoryAtOverload,
  recovery,
  ratio(
    'fan-out to 500: deliveries/s, by relay’s',
    'fan-out',
    'deliveriesPerSecond',
    'relay',
    'at least',
    0.7,
    '500 members',
  ),
  ratio(
    'fan-out to 500: deliveries/s, by ejabberd’s',
    'fan-out',
    'deliveriesPerSecond',
    'ejabberd',
    'at least',
    3,
    '500 members',
  ),
  memoryOfASocket,
  costOfTwoWorkers,
];

/** What of the figures to reach can be told from what was measured. */
export function goalsOf(summaries: readonly Summary[]): Goal[] {
  const find: Find = (scenario, target, path, step = '') => figureAt(summaries, scenario, target, path, step)?.median;
  return [...RULES.flatMap((rule) => rule(find) ?? []), ...nothingLost(summaries)];
}

function figureAt(
  summaries: readonly Summary[],
  scenario: string,
  target: string,
  path: string,
  step: string,
): Figure | undefined {
  return summaries.find((one) => one.scenario === scenario && one.target === target && one.step === step)?.figures[
    path
  ];
}

function ratio(
  what: string,
  scenario: string,
  path: string,
  other: string,
  bound: 'at least' | 'at most',
  limit: number,
  step?: string,
): Rule {
  return (find) => {
    const [own, theirs] = [find(scenario, 'chatr', path, step), find(scenario, other, path, step)];
    if (own === undefined || theirs === undefined || theirs === 0) return undefined;
    const value = own / theirs;
    const reached = bound === 'at least' ? value >= limit : value <= limit;
    return { what, measured: `${value.toFixed(2)} ×`, wanted: `${bound} ${limit} ×`, reached };
  };
}

function throughputBesideRelay(find: Find): Goal | undefined {
  const goal = ratio(
    'dm-closed: messages/s, by relay’s',
    'dm-closed',
    'messagesPerSecond',
    'relay',
    'at least',
    0.6,
  )(find);
  const [database, load, seconds] = ['cpuSeconds.database', 'cpuSeconds.load', 'seconds'].map((path) =>
    find('dm-closed', 'chatr', path),
  );
  if (goal === undefined || database === undefined || load === undefined || seconds === undefined) return goal;
  const busy = (database + load) / seconds;
  const measured = `${goal.measured}, database and load ${(busy * 100).toFixed(0)} % of their core`;
  return { ...goal, measured, wanted: `${goal.wanted}, or their core full`, reached: goal.reached || busy >= FULL };
}

function latencyAtHalfTheKnee(find: Find): Goal | undefined {
  const own = find('dm-open', 'chatr', 'acknowledged.p99', HALF);
  const relay = find('dm-open', 'relay', 'acknowledged.p99', HALF);
  const commit = find('commit', 'postgres', 'acknowledged.p99');
  if (own === undefined || relay === undefined || commit === undefined) return undefined;
  return atMost('dm-open: p99 at half the knee, by relay’s + 4 × a commit’s', own, relay + 4 * commit, 'ms');
}

function latencyBesideEjabberd(find: Find): Goal | undefined {
  const [own, theirs] = ['chatr', 'ejabberd'].map((target) => find('dm-open', target, 'acknowledged.p99', '500/s'));
  if (own === undefined || theirs === undefined) return undefined;
  return atMost('dm-open: p99 at 500/s, by ejabberd’s', own, theirs, 'ms');
}

function memoryAtOverload(find: Find): Goal | undefined {
  const [before, over] = ['knee', OVER].map((step) => find('dm-open', 'chatr', 'rssBytes.serverPeak', step));
  if (before === undefined || over === undefined) return undefined;
  return atMost(
    'dm-open: memory at 3 × the knee, by twice that at the knee',
    over / 1e6,
    (before * GROWTH) / 1e6,
    'MB',
  );
}

function recovery(find: Find): Goal | undefined {
  const [before, after] = [HALF, AFTER].map((step) => find('dm-open', 'chatr', 'acknowledged.p99', step));
  if (before === undefined || after === undefined) return undefined;
  const bound = Math.max(before * RECOVERED.times, before + RECOVERED.ms);
  return atMost('dm-open: p99 after 3 × the knee, by that before', after, bound, 'ms');
}

function memoryOfASocket(find: Find): Goal | undefined {
  const [own, relay] = ['chatr', 'relay'].map((target) => find('idle', target, 'more.kB per socket', '5000 sockets'));
  if (own === undefined || relay === undefined) return undefined;
  return atMost('idle: memory of each of 5,000 sockets, by relay’s + 12 kB', own, relay + 12, 'kB');
}

function costOfTwoWorkers(find: Find): Goal | undefined {
  const [one, two] = ['chatr, 1 worker', 'chatr, 2 workers'].map((target) =>
    find('workers', target, 'cpuMicros.server'),
  );
  if (one === undefined || two === undefined) return undefined;
  return atMost('workers: server CPU for each message with two, by one’s × 1.25', two, one * 1.25, 'µs');
}

function atMost(what: string, value: number, limit: number, unit: string): Goal {
  return {
    what,
    measured: `${value.toFixed(1)} ${unit}`,
    wanted: `at most ${limit.toFixed(1)} ${unit}`,
    reached: value <= limit,
  };
}

function nothingLost(summaries: readonly Summary[]): Goal[] {
  const own = summaries.filter(({ target }) => target.startsWith('chatr'));
  if (own.length === 0) return [];
  const [lost = 0, duplicate = 0, outOfOrder = 0] = ['lost', 'duplicate', 'outOfOrder'].map((name) =>
    own.reduce((sum, { figures }) => sum + (figures[`counts.${name}`]?.median ?? 0), 0),
  );
  return [
    {
      what: 'every scenario: lost, doubled, out of order',
      measured: `${lost}, ${duplicate}, ${outOfOrder}`,
      wanted: '0, 0, 0',
      reached: lost + duplicate + outOfOrder === 0,
    },
  ];
}
