import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '../../apps/api/src/platform/database/embedded/index.js';

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
