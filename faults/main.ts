/**
 * Breaks a real installation in every way we know, at random, while people use it, and looks whether what was promised still
 * holds. Everything that is done is decided by a seed; `faults/README.md` says how to read what comes of it.
 */
import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { CHECKS } from './checks/findings.js';
import { type Options, readOptions } from './options.js';
import { findingsOf, tableOf } from './report/table.js';
import { run } from './run.js';

const ROOT = join(import.meta.dirname, '..');
const RESULTS = join(import.meta.dirname, 'results');
const EXCERPTS = 3;

let interrupts = 0;
process.on('SIGINT', () => {
  interrupts += 1;
  if (interrupts > 1) process.exit(130);
  console.log('Coming to the end. Once more ends at once.');
});
process.on('SIGTERM', () => process.exit(143));

/** What does the same again. */
function commandOf({ seed, minutes, nodes, workers, redis }: Options): string {
  const more = [
    workers === 1 ? '' : ` --workers ${workers}`,
    redis === nodes * workers > 1 ? '' : ` --redis ${redis ? 'on' : 'off'}`,
  ];
  return `npm run faults -- --seed ${seed} --minutes ${minutes} --nodes ${nodes}${more.join('')}`;
}

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  const startedAt = process.uptime();
  const say = (line: string): void =>
    console.log(`  ${(process.uptime() - startedAt).toFixed(0).padStart(4)} s  ${line}`);
  const command = commandOf(options);
  console.log(`Seed ${options.seed}. The same again: ${command}`);

  const { summary, history } = await run(options, RESULTS, { say, interrupted: () => interrupts > 0 });
  writeFileSync(join(history.folder, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`);
  console.log(`\n${tableOf(summary)}\n`);
  const where = relative(ROOT, history.file);
  if (summary.findings.length === 0) {
    console.log(`Nothing of what is promised was broken. The history is in ${where}`);
    return 0;
  }
  console.log(`${findingsOf(summary)}\n`);
  for (const finding of summary.findings.slice(0, EXCERPTS)) {
    console.log(`History of “${CHECKS[finding.check]}”: ${finding.detail}`);
    for (const line of history.excerpt(finding)) console.log(`  ${line}`);
  }
  console.log(
    `\nAll of the history is in ${where}, the findings are in summary.json beside it. The same faults again: ${command}`,
  );
  return 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    if (error instanceof Error && error.stack !== undefined) console.error(error.stack);
    process.exit(1);
  },
);
