import type { ChildProcess } from 'node:child_process';
import { mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import getPort from 'get-port';
import { Client } from 'pg';
import { postgresAccount } from './account.js';
import { findBinaries } from './binaries.js';
import { explain, prepareCluster, ROLE } from './cluster.js';
import { lockDataDir } from './data-dir-lock.js';
import { EmbeddedPostgresError, errorCode, inFolder } from './embedded-postgres-error.js';
import { keepRunning } from './keep-running.js';
import { endKeeper, isRunning, type Launch, outputSince, startKeeper, startLog } from './keeper-process.js';
import { endLeftovers, readPostmasterFile } from './postmaster.js';

export interface EmbeddedPostgresOptions {
  /** Absolute path; made when it is missing. The cluster goes to its folder `postgres`. */
  dataDir: string;
  /** Called with a line for the person watching, when something takes a while. */
  log: (message: string) => void;
  /** Called with a sentence when the database ended by itself, which is then started again; without it, `log` is. */
  error?: (message: string) => void;
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

/**
 * Starts the PostgreSQL that came with npm on the cluster of a data folder, made on the first start. It ends with this
 * process, even when that is killed; what a killed run left behind is cleaned up and recovered by the next start.
 * @throws EmbeddedPostgresError with a sentence for the person who started the server
 */
export async function startEmbeddedPostgres({
  dataDir,
  log,
  error = log,
}: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const account = postgresAccount();
  const binaries = findBinaries(account);
  inFolder(dataDir, () => mkdirSync(dataDir, { recursive: true }));
  const home = realpathSync(dataDir);
  const lock = lockDataDir(home);
  try {
    const { folder, password } = prepareCluster(home, binaries, account, log);
    await endLeftovers(folder, log);
    const { keeper, launch } = await startOnFreePort({ ...binaries, ...account, dataDir: home, cluster: folder }, log);
    const kept = keepRunning(keeper, launch, { log, error });
    const stop = async (): Promise<void> => {
      await kept.stop();
      lock.release();
    };
    try {
      await ensureDatabase(launch.port, password);
    } catch (error) {
      await stop();
      throw error;
    }
    return { url: urlOf(launch.port, password, DATABASE), stop };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function startOnFreePort(
  place: Omit<Launch, 'port'>,
  log: (message: string) => void,
): Promise<{ keeper: ChildProcess; launch: Launch }> {
  for (let attempt = 1; ; attempt++) {
    const launch: Launch = { ...place, port: await getPort() };
    const startedAt = new Date();
    const keeper = startKeeper(launch);
    if (await becameReady(keeper, launch, log)) return { keeper, launch };
    await endKeeper(keeper);
    const output = outputSince(startedAt, launch);
    // Between looking for a free port and using it, another program may have taken it.
    if (/Address already in use/.test(output) && attempt < PORT_ATTEMPTS) continue;
    throw new EmbeddedPostgresError(
      `The database in ${launch.cluster} does not start: ${explain(output) ?? 'it gave no reason'}. ` +
        `More stands in ${join(launch.cluster, 'log')} and in ${startLog(launch.dataDir)}.`,
    );
  }
}

/** False when it ended before it was ready, or takes longer than the recovery of a crash should. */
async function becameReady(
  keeper: ChildProcess,
  { cluster, port }: Launch,
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
