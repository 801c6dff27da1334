import { commit } from './commit.js';
import { dmClosed } from './dm-closed.js';
import { dmOpen } from './dm-open.js';
import { fanOut } from './fan-out.js';
import { history } from './history.js';
import { idle } from './idle.js';
import { mixed } from './mixed.js';
import type { Scenario } from './scenario.js';
import { syncStorm } from './sync-storm.js';
import { workers } from './workers.js';

/** In the order in which they are run and shown. */
export const SCENARIOS: readonly Scenario[] = [
  commit,
  dmClosed,
  dmOpen,
  fanOut,
  idle,
  history,
  syncStorm,
  mixed,
  workers,
];
