import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { TestServer } from './server.js';

/**
 * Runs one statement in a test server's own database: for letting time pass, which no request can, and for looking at what no
 * request shows.
 */
export async function inDatabase<Row extends pg.QueryResultRow>(
  server: TestServer,
  statement: string,
  parameters: unknown[] = [],
): Promise<Row[]> {
  const password = readFileSync(join(server.dataDir, 'postgres.password'), 'utf8').trim();
  const port = Number(readFileSync(join(server.dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[3]);
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'chatr', password, database: 'chatr' });
  await client.connect();
  try {
    return (await client.query<Row>(statement, parameters)).rows;
  } finally {
    await client.end();
  }
}
