import type { Address } from '../targets/target.js';
import type { World } from '../world.js';
import type { Measurement } from './measurement.js';
import type { Scale } from '../scenarios/scale.js';

/** What the load is told to do: one run of one scenario against one server. */
export interface Job {
  scenario: string;
  target: string;
  address: Address;
  world: World;
  scale: Scale;
  /** Roots of the processes whose CPU time and memory are counted; 0 where there is none. */
  pids: { server: number; database: number };
  inspectPort?: number;
  /** Where a CPU profile of each step goes, as the beginning of a file's path; undefined for none. */
  profileTo?: string;
}

/** What it answers. */
export type Outcome = { measurements: Measurement[] } | { failure: string };
