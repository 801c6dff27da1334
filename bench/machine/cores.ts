import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** Chooses the cores of a program. */
export const TASKSET = '/usr/bin/taskset';
/** The server under test has this core to itself. */
export const SERVER_CORE = 0;
/** PostgreSQL, Redis and the load share this one. */
export const LOAD_CORE = 1;

/**
 * Moves this process, and with it everything that it starts from now on, to the core of load and database.
 * @throws Error with what to do, on a machine where that is impossible
 */
export function moveToLoadCore(): void {
  if (process.platform !== 'linux' || !existsSync(TASKSET) || availableParallelism() < 2) {
    throw new Error(
      'The bench needs Linux, two cores and `taskset` (util-linux): it gives the server a core of its own.',
    );
  }
  const { status, stderr } = spawnSync(TASKSET, ['-a', '-p', '-c', String(LOAD_CORE), String(process.pid)], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The bench cannot choose its core: ${stderr.trim()}`);
}
