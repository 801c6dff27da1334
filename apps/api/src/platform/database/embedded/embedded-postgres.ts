import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, realpathSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { postgresAccount } from './account.js';
import { findBinaries, type PostgresBinaries } from './binaries.js';
import { explain, postgresEnvironment, prepareCluster, ROLE } from './cluster.js';
import { lockDataDir } from './data-dir-lock.js';
import { EmbeddedPostgresError, errorCode, inFolder } from './embedded-postgres-error.js';
import type { KeeperOptions } from './keeper.js';
import { endLeftovers, readPostmasterFile } from './postmaster.js';

export interface EmbeddedPostgresOptions {
  /** Absolute path; made when it is missing. The cluster goes to its folder `postgres`. */
  dataDir: string;
  /** Called with a line for the person watching, when something takes a while. */
  log: (message: string) => void;
}

export interface EmbeddedPostgres {
  /** `postgres://…` of the one database, reachable from this machine only. */
  url: string;
  /** Ends the database cleanly; to be called after the last connection is closed. At most about 15 s. */
  stop(): Promise<void>;
}

const DATABASE = 'chatr';
const START_MS = 300_000;
const ANNOUNCE_MS = 3_000;
const POLL_MS = 20;
const PORT_ATTEMPTS = 5;

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

/**
 * Starts the PostgreSQL that came with npm on the cluster of a data folder, made on the first start. It ends with this
 * process, even when that is killed; what a killed run left behind is cleaned up and recovered by the next start.
 * @throws EmbeddedPostgresError with a sentence for the person who started the server
 */
export async function startEmbeddedPostgres({ dataDir, log }: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const account = postgresAccount();
  const binaries = findBinaries(account);
  inFolder(dataDir, () => mkdirSync(dataDir, { recursive: true }));
  const home = realpathSync(dataDir);
  const lock = lockDataDir(home);
  try {
    const { folder, password } = prepareCluster(home, binaries, account, log);
    await endLeftovers(folder, log);
    const { keeper, port } = await startOnFreePort(home, { ...binaries, ...account, cluster: folder }, log);
    const stop = async (): Promise<void> => {
      await endKeeper(keeper);
      lock.release();
    };
    try {
      await ensureDatabase(port, password);
    } catch (error) {
      await stop();
      throw error;
    }
    return { url: urlOf(port, password, DATABASE), stop };
  } catch (error) {
    lock.release();
    throw error;
  }
}

type Launch = PostgresBinaries & { cluster: string; uid?: number; gid?: number };

async function startOnFreePort(
  dataDir: string,
  launch: Launch,
  log: (message: string) => void,
): Promise<{ keeper: ChildProcess; port: number }> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const startedAt = new Date();
    const keeper = startKeeper(dataDir, launch, port);
    if (await becameReady(keeper, launch.cluster, port, log)) return { keeper, port };
    await endKeeper(keeper);
    const output = outputSince(startedAt, dataDir, launch.cluster);
    // Between looking for a free port and using it, another program may have taken it.
    if (/Address already in use/.test(output) && attempt < PORT_ATTEMPTS) continue;
    throw new EmbeddedPostgresError(
      `The database in ${launch.cluster} does not start: ${explain(output) ?? 'it gave no reason'}. ` +
        `More stands in ${join(launch.cluster, 'log')} and in ${startLog(dataDir)}.`,
    );
  }
}

function startKeeper(dataDir: string, { postgres, pgCtl, cluster, uid, gid }: Launch, port: number): ChildProcess {
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
      stdio: ['pipe', output, output],
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

/** What PostgreSQL says before it turns to its own log. */
function startLog(dataDir: string): string {
  return join(dataDir, 'postgres-start.log');
}

/** What was said since, before and after PostgreSQL turned to its own log, whose lines begin with the time in UTC. */
function outputSince(startedAt: Date, dataDir: string, cluster: string): string {
  const day = startedAt.toLocaleDateString('en-US', { weekday: 'short', timeZone: 'UTC' });
  const since = startedAt.toISOString().replace('T', ' ').slice(0, -1);
  const logged = readLines(join(cluster, 'log', `postgresql-${day}.log`)).filter((line) => line >= since);
  return [...readLines(startLog(dataDir)), ...logged].join('\n');
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return []; // it did not come to write one
  }
}

/** False when it ended before it was ready, or takes longer than the recovery of a crash should. */
async function becameReady(
  keeper: ChildProcess,
  cluster: string,
  port: number,
  log: (message: string) => void,
): Promise<boolean> {
  const startedAt = Date.now();
  let announced = false;
  while (isRunning(keeper) && Date.now() - startedAt < START_MS) {
    const file = readPostmasterFile(cluster);
    if (file?.ready && file.port === port) return true;
    if (!announced && Date.now() - startedAt > ANNOUNCE_MS) {
      log('the database recovers what a crash left behind; this may take some minutes');
      announced = true;
    }
    await sleep(POLL_MS);
  }
  return false;
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

async function endKeeper(keeper: ChildProcess): Promise<void> {
  if (!isRunning(keeper)) return;
  keeper.ref();
  const exit = once(keeper, 'exit');
  keeper.stdin?.end();
  await exit;
}

/** @throws EmbeddedPostgresError when the kept password is not this cluster's */
async function ensureDatabase(port: number, password: string): Promise<void> {
  try {
    await withClient(urlOf(port, password, DATABASE), () => Promise.resolve());
  } catch (error) {
    if (errorCode(error) === '28P01') {
      throw new EmbeddedPostgresError(
        'The file postgres.password does not belong to the cluster beside it: restore it.',
        {
          cause: error,
        },
      );
    }
    const databaseIsMissing = errorCode(error) === '3D000';
    if (!databaseIsMissing) throw error;
    await withClient(urlOf(port, password, 'postgres'), (client) => client.query(`CREATE DATABASE ${DATABASE}`));
  }
}

async function withClient(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function urlOf(port: number, password: string, database: string): string {
  return `postgres://${ROLE}:${password}@127.0.0.1:${port}/${database}`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null)
    throw new EmbeddedPostgresError('This machine gives out no ports.');
  return address.port;
}
