import type { Conductor, RunRequest } from './conductor.js';
import { untilQuiet } from './machine/quiet.js';
import type { Options } from './options.js';
import type { Result } from './report/summary.js';
import type { Scenario } from './scenarios/scenario.js';

/** Goes through scenarios, targets and runs, and gathers what they come to. */
export class Campaign {
  readonly results: Result[] = [];
  /** In a sentence each: which run failed, and why. */
  readonly failures: string[] = [];
  private stopped = false;

  constructor(
    private readonly conductor: Conductor,
    private readonly options: Pick<Options, 'targets' | 'scale'>,
  ) {}

  /** Ends what is under way and begins nothing more. */
  stop(): void {
    this.stopped = true;
    this.conductor.stop();
  }

  /** @returns what was measured; a run that fails is noted, and the others go on */
  async measure(scenario: Scenario): Promise<Result[]> {
    const from = this.results.length;
    for (const request of this.requests(scenario)) {
      if (this.stopped) break;
      await this.run(request);
    }
    return this.results.slice(from);
  }

  /** Run after run, and in each run target after target, so that what changes on the machine meanwhile meets all of them. */
  private requests(scenario: Scenario): RunRequest[] {
    const { targets, scale } = this.options;
    const able = targets.filter((target) => target.scenarios.includes(scenario.name));
    return Array.from({ length: scale.runs }, (_, index) => index + 1).flatMap((run) =>
      able.flatMap((target) =>
        (scenario.variants ?? [undefined]).map((variant) => ({ scenario, target, variant, scale, run })),
      ),
    );
  }

  private async run(request: RunRequest): Promise<void> {
    const { scenario, target, variant, scale, run } = request;
    const name = variant === undefined ? target.name : `${target.name}, ${variant.label}`;
    const title = `${scenario.name}, ${name}, run ${run} of ${scale.runs}`;
    const quiet = await untilQuiet(scale.patienceSeconds);
    if (!quiet) process.stderr.write('  this machine is busy with something else\n');
    const startedAt = Date.now();
    try {
      const measurements = await this.conductor.run(request);
      this.results.push(...measurements.map((one) => ({ scenario: scenario.name, target: name, run, ...one })));
      process.stderr.write(`✓ ${title} (${((Date.now() - startedAt) / 1000).toFixed(0)} s)\n`);
    } catch (error) {
      this.failures.push(`${title}: ${error instanceof Error ? error.message : String(error)}`);
      process.stderr.write(`✗ ${title}\n`);
    }
  }
}
