import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { TestServer } from './server.js';

/** Where a test server's own database is, for as long as the server runs. */
export function databaseUrl({ dataDir }: Pick<TestServer, 'dataDir'>): string {
  const password = readFileSync(join(dataDir, 'postgres.password'), 'utf8').trim();
  const port = readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[3];
  return `postgres://chatr:${password}@127.0.0.1:${port}/chatr`;
}

/**
 * Runs one statement in a test server's own database: for letting time pass, which no request can, and for looking at what no
 * request shows.
 */
export async function inDatabase<Row extends pg.QueryResultRow>(
  server: TestServer,
  statement: string,
  parameters: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: databaseUrl(server) });
  await client.connect();
  try {
    return (await client.query<Row>(statement, parameters)).rows;
  } finally {
    await client.end();
  }
}
