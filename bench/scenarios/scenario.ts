import type { Measurement } from '../load/measurement.js';
import type { Run } from '../load/run.js';
import type { WorldPlan } from '../world.js';
import type { Scale } from './scale.js';

/** One thing to measure. `plan` is asked where the servers are started, `drive` runs in the load's own process. */
export interface Scenario {
  readonly name: string;
  /** In one line, for the report. */
  readonly description: string;
  /** Several ways to run the server, measured one after the other; each is a column of its own. */
  readonly variants?: readonly Variant[];
  plan(scale: Scale): WorldPlan;
  drive(run: Run, scale: Scale): Promise<Measurement[]>;
}

export interface Variant {
  /** Added to the target's name. */
  label: string;
  /** Processes of the server, which then share a Redis. */
  workers: number;
}
