import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PostgresBinaries } from './binaries.js';
import { explain, postgresEnvironment } from './cluster.js';
import { inFolder } from './embedded-postgres-error.js';
import type { KeeperOptions } from './keeper.js';

/** What it takes to run a cluster. */
export type Launch = PostgresBinaries & { dataDir: string; cluster: string; port: number; uid?: number; gid?: number };

const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '128MB',
  wal_compression: 'on',
  log_timezone: 'UTC',
  timezone: 'UTC',
  // A file for each day of the week, overwritten a week later, in the cluster's folder `log`.
  logging_collector: 'on',
  log_filename: 'postgresql-%a.log',
  log_rotation_age: '1d',
  log_rotation_size: '0',
  log_truncate_on_rotation: 'on',
};

/** With less than one segment of its write-ahead log, PostgreSQL cannot go on. */
const DISK_IS_FULL_BYTES = 16 * 1024 * 1024;
/** Said to clients, or by processes that end because another did: no reason of anything. */
const NO_REASON =
  /the database system is|terminating connection|authentication failed|too many clients|remaining connection slots/;

/** Starts the keeper, and it PostgreSQL. Both end with this process, or when the keeper's input is closed. */
export function startKeeper({ dataDir, postgres, pgCtl, cluster, port, uid, gid }: Launch): ChildProcess {
  const settings = Object.entries({ ...SETTINGS, port: String(port) });
  const options: KeeperOptions = {
    postgres,
    pgCtl,
    cluster,
    uid,
    gid,
    args: ['-D', cluster, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
  };
  // Beside this file: keeper.js when built, keeper.ts under the tests, which Node runs as it is.
  const program = fileURLToPath(
    new URL(import.meta.url.endsWith('.ts') ? './keeper.ts' : './keeper.js', import.meta.url),
  );
  const output = inFolder(dataDir, () => openSync(startLog(dataDir), 'w', 0o600));
  try {
    const keeper = spawn(process.execPath, [program, JSON.stringify(options)], {
      cwd: cluster,
      env: postgresEnvironment(),
      stdio: ['pipe', 'pipe', output],
      // A session of its own: Ctrl-C goes to the server alone, which ends its work before it ends the database.
      detached: true,
    });
    keeper.unref();
    keeper.stdin?.on('error', () => undefined); // the keeper is gone, which its exit tells
    return keeper;
  } finally {
    closeSync(output);
  }
}

export function isRunning(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

export async function endKeeper(keeper: ChildProcess): Promise<void> {
  if (!isRunning(keeper)) return;
  keeper.ref();
  const exit = once(keeper, 'exit');
  keeper.stdin?.end();
  await exit;
}

/** What PostgreSQL says before it turns to its own log. */
export function startLog(dataDir: string): string {
  return join(dataDir, 'postgres-start.log');
}

/** What was said since, before and after PostgreSQL turned to its own log, whose lines begin with the time in UTC. */
export function outputSince(startedAt: Date, { dataDir, cluster }: Launch): string {
  const day = startedAt.toLocaleDateString('en-US', { weekday: 'short', timeZone: 'UTC' });
  const since = startedAt.toISOString().replace('T', ' ').slice(0, -1);
  const logged = readLines(join(cluster, 'log', `postgresql-${day}.log`)).filter((line) => line >= since);
  return [...readLines(startLog(dataDir)), ...logged].join('\n');
}

/** Why a PostgreSQL that did run ended, as far as anybody knows. A full disk cannot be written into its log. */
export function reasonOfEnd(since: Date, launch: Launch): string {
  const { bavail, bsize } = statfsSync(launch.cluster);
  if (bavail * bsize < DISK_IS_FULL_BYTES) return 'the disk is full';
  const grave = outputSince(since, launch)
    .split('\n')
    .filter((line) => /(?:FATAL|PANIC): |No space left on device|Read-only file system/.test(line))
    .filter((line) => !NO_REASON.test(line));
  return explain(grave.join('\n')) ?? 'it gave no reason';
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return []; // it did not come to write one
  }
}
