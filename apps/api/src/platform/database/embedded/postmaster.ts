import { readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from './data-dir-lock.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';

const POLL_MS = 25;
/** How long a keeper that lost its server may take: it asks nicely for 10 s first. */
const OWN_END_MS = 12_000;
const AFTER_SIGNAL_MS = 10_000;

/** What PostgreSQL writes about itself into `postmaster.pid`. */
interface PostmasterFile {
  pid: number;
  port: number;
  ready: boolean;
}

/** @returns undefined when there is no such file or it is half written */
export function readPostmasterFile(cluster: string): PostmasterFile | undefined {
  let lines: string[];
  try {
    lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return undefined;
  }
  const pid = Number(lines[0]);
  return Number.isInteger(pid) && pid > 0
    ? { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' }
    : undefined;
}

/**
 * Returns once no process works on the cluster: one that a killed server left behind is ending by itself, and is told to
 * when it does not. Only for the holder of the data folder's lock.
 * @param patienceMs how long it may take before it is told to
 * @throws EmbeddedPostgresError when it cannot be ended
 */
export async function endLeftovers(
  cluster: string,
  log: (message: string) => void,
  patienceMs = OWN_END_MS,
): Promise<void> {
  if (leftovers(cluster).length === 0) {
    forgetForeignPid(cluster);
    return;
  }
  log('waiting for the database of the previous run to end');
  if (await ended(cluster, patienceMs)) return;
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    const postmaster = readPostmasterFile(cluster)?.pid;
    for (const pid of leftovers(cluster)) {
      if (postmaster === undefined || pid === postmaster) trySignal(pid, signal);
    }
    if (await ended(cluster, AFTER_SIGNAL_MS)) return;
  }
  throw new EmbeddedPostgresError(
    `A PostgreSQL of an earlier run still works on ${cluster} and does not end (process ${leftovers(cluster).join(', ')}): end it by hand.`,
  );
}

async function ended(cluster: string, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (leftovers(cluster).length > 0) {
    if (Date.now() > deadline) return false;
    await sleep(POLL_MS);
  }
  forgetForeignPid(cluster);
  return true;
}

/** Every PostgreSQL process works in the folder of its cluster, which Linux shows; elsewhere only its own word is left. */
function leftovers(cluster: string): number[] {
  const postmaster = readPostmasterFile(cluster)?.pid;
  if (process.platform !== 'linux') return postmaster !== undefined && isAlive(postmaster) ? [postmaster] : [];
  const folder = realpathSync(cluster);
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && workingFolder(pid) === folder);
}

function workingFolder(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined; // it has ended, or is somebody else's
  }
}

/**
 * PostgreSQL refuses to start when the process its old file names lives, even where that id has since gone to another
 * program: after a restart of the machine or container. A dead process' file it cleans up itself.
 */
function forgetForeignPid(cluster: string): void {
  const pid = readPostmasterFile(cluster)?.pid;
  if (process.platform === 'linux' && pid !== undefined && isAlive(pid))
    rmSync(join(cluster, 'postmaster.pid'), { force: true });
}

function trySignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended in between, which is what the signal was for.
  }
}
