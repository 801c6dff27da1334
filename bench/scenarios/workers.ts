import { dmClosed } from './dm-closed.js';
import type { Scenario } from './scenario.js';

/** What it costs that a message goes from one process to another. Both share the server's core: CPU time is compared. */
export const workers: Scenario = {
  ...dmClosed,
  name: 'workers',
  description: `as dm-closed, with Redis: one process of the server, and two`,
  variants: [
    { label: '1 worker', workers: 1 },
    { label: '2 workers', workers: 2 },
  ],
};
