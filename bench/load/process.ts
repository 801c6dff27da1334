// The load is a process of its own: what starts servers and draws tables does not disturb what is measured.
import { SCENARIOS } from '../scenarios/index.js';
import type { Job, Outcome } from './job.js';
import { protocolOf } from './protocols.js';
import { Run } from './run.js';

process.once('message', (job: Job) => {
  drive(job).then(
    (outcome) => answer(outcome),
    (error: unknown) => answer({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
process.once('disconnect', () => process.exit(1));

async function drive(job: Job): Promise<Outcome> {
  const scenario = SCENARIOS.find(({ name }) => name === job.scenario);
  if (scenario === undefined) throw new Error(`there is no scenario ${job.scenario}`);
  const run = new Run(job, protocolOf(job.address));
  return { measurements: await scenario.drive(run, job.scale) };
}

function answer(outcome: Outcome): void {
  process.send?.(outcome, () => process.exit(0));
}
