import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Campaign } from './campaign.js';
import { Conductor } from './conductor.js';
import { wasDisturbed } from './load/measurement.js';
import { moveToLoadCore } from './machine/cores.js';
import { factsOf } from './machine/facts.js';
import { startPostgres } from './machine/postgres.js';
import { DISTURBING } from './machine/quiet.js';
import { type Options, readOptions, USAGE } from './options.js';
import { writeCharts } from './report/charts.js';
import { goalsOf } from './report/figures.js';
import { type Result, summarise } from './report/summary.js';
import { goalTable, tableOf } from './report/table.js';
import type { Target } from './targets/target.js';

const RESULTS = fileURLToPath(new URL('./results/', import.meta.url));

try {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') console.log(USAGE);
  else process.exitCode = await bench(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/** @returns the exit code: 1 when a run failed */
async function bench(options: Options): Promise<number> {
  moveToLoadCore();
  const targets = options.targets.filter(isAvailable);
  const postgres = await startPostgres(options.statements);
  const facts = factsOf(postgres.version);
  const path = RESULTS + facts.date.replaceAll(/[:.]/g, '-');
  const campaign = new Campaign(new Conductor(postgres, path, options), { ...options, targets });
  // What was measured by then is still shown, and everything cleaned up.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => campaign.stop());
  try {
    for (const scenario of options.scenarios) {
      const measured = await campaign.measure(scenario);
      if (measured.length === 0) continue;
      console.log(`\n${scenario.name}: ${scenario.description}\n${tableOf(summarise(measured))}\n`);
    }
  } finally {
    await postgres.stop();
  }
  report(path, options, { facts, ...campaign });
  return campaign.failures.length === 0 ? 0 : 1;
}

interface Measured {
  facts: ReturnType<typeof factsOf>;
  results: readonly Result[];
  failures: readonly string[];
}

/** @param path of what is written, without its ending */
function report(path: string, { scale }: Options, { facts, results, failures }: Measured): void {
  const summaries = summarise(results);
  const goals = goalsOf(summaries);
  if (goals.length > 0) console.log(`${goalTable(goals)}\n`);
  if (results.some(wasDisturbed)) console.log(`${warningOf(results)}\n`);
  mkdirSync(RESULTS, { recursive: true });
  const { profile, runs } = scale;
  writeFileSync(
    `${path}.json`,
    JSON.stringify({ facts, profile, runs, goals, summaries, results, failures }, undefined, 2),
  );
  const charts = writeCharts(path, summaries).map((name) => join(path, name));
  console.log([`${path}.json`, ...charts].join('\n'));
  for (const failure of failures) console.error(`\n${failure}`);
}

function warningOf(results: readonly Result[]): string {
  const disturbed = results.filter(wasDisturbed).length;
  return (
    `${disturbed} of ${results.length} steps were measured while something else took more than ${DISTURBING * 100} % ` +
    'of a core (the column "others"). Figures that count need a machine of their own.'
  );
}

function isAvailable(target: Target): boolean {
  const reason = target.unavailable?.();
  if (reason !== undefined) console.error(`${target.name} is left out: ${reason}`);
  return reason === undefined;
}
