import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '../../apps/api/src/platform/database/embedded/index.js';

/** As much as PostgreSQL keeps by default. */
const LOG_MEGABYTES = 900;

/** The PostgreSQL of a run of the bench, the one that comes with Chatr: the same for every target, with its defaults. */
export interface Postgres {
  readonly version: string;
  readonly pid: number;
  /** Makes an empty database. @returns its address */
  create(name: string): Promise<string>;
  drop(name: string): Promise<void>;
  stop(): Promise<void>;
}

/** @param statements whether it counts what each statement takes, which costs some percent: for looking, not for the record */
export async function startPostgres(statements: boolean): Promise<Postgres> {
  const dataDir = mkdtempSync(join(tmpdir(), 'chatr-bench-'));
  const start = (): ReturnType<typeof startEmbeddedPostgres> =>
    startEmbeddedPostgres({ dataDir, log: () => undefined, error: (line) => console.error(line) });
  let running = await start();
  if (statements) {
    await query(running.url, `ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'`);
    await running.stop();
    running = await start();
  }
  const { url } = running;
  const [settings] = await query(
    url,
    `SELECT current_setting('server_version') AS version, current_setting('fsync') AS fsync`,
  );
  if (settings?.['fsync'] !== 'on')
    throw new Error('PostgreSQL runs without fsync: nothing measured on it would count.');
  await recycleLog(url);
  return {
    version: String(settings['version']),
    pid: Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]),
    create: async (name) => {
      await query(url, `CREATE DATABASE ${name}`);
      const address = new URL(url);
      address.pathname = name;
      if (statements) await query(address.href, 'CREATE EXTENSION pg_stat_statements');
      return address.href;
    },
    drop: async (name) => {
      await query(url, `DROP DATABASE ${name} WITH (FORCE)`);
    },
    stop: async () => {
      await running.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/**
 * A database that has run for a while writes its log into files that it had before. A new one has to make each of them, 16 MB of
 * zeros every second under load, and whoever commits meanwhile waits.
 */
async function recycleLog(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  for (let megabyte = 0; megabyte < LOG_MEGABYTES; megabyte++)
    await client.query(`SELECT pg_logical_emit_message(false, 'bench', repeat('x', 1024 * 1024))`);
  await client.query('CHECKPOINT');
  await client.end();
}

/** One statement over a connection of its own. */
export async function query(
  url: string,
  statement: string,
  parameters?: unknown[],
): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement, parameters)).rows;
  } finally {
    await client.end();
  }
}
