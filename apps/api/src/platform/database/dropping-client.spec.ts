import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { isDatabaseUnavailable } from './database-errors.js';
import { connectionSettings } from './dropping-client.js';
import type { EmbeddedPostgres } from './embedded/index.js';
import { startTestPostgres } from './testing/test-postgres.js';

const QUERY_TIMEOUT_MS = 300;
/** Longer than the client waits: PostgreSQL hangs as far as the client can tell. */
const HANG_SECONDS = 1.2;

describe('a statement that is given up', () => {
  let database: EmbeddedPostgres;
  let observer: pg.Client;

  beforeAll(async () => {
    database = await startTestPostgres();
    observer = new pg.Client({ connectionString: database.url });
    await observer.connect();
    await observer.query('CREATE TABLE written (word text)');
  });

  beforeEach(() => observer.query('TRUNCATE written'));

  afterAll(async () => {
    await observer.end();
    await database.stop();
  });

  const words = async (): Promise<string[]> =>
    (await observer.query<{ word: string }>('SELECT word FROM written')).rows.map(({ word }) => word);

  const backends = async (applicationName: string): Promise<{ pid: number; state: string }[]> =>
    (
      await observer.query<{ pid: number; state: string }>(
        'SELECT pid, state FROM pg_stat_activity WHERE application_name = $1',
        [applicationName],
      )
    ).rows;

  it('takes its transaction and its connection of TypeORM along, and what is written next is committed', async () => {
    const source = await new DataSource({
      type: 'postgres',
      url: database.url,
      poolSize: 1,
      applicationName: 'under-test',
      extra: connectionSettings(QUERY_TIMEOUT_MS, 10_000),
    }).initialize();
    const [before] = await backends('under-test');

    const failure: unknown = await source
      .transaction(async (manager) => {
        await manager.query(`INSERT INTO written VALUES ('lost')`);
        await manager.query('SELECT pg_sleep($1)', [HANG_SECONDS]);
      })
      .catch((error: unknown) => error);
    await source.transaction((manager) => manager.query(`INSERT INTO written VALUES ('kept')`));

    expect(isDatabaseUnavailable(failure)).toBe(true);
    expect(await words()).toEqual(['kept']);
    await sleep(HANG_SECONDS * 1000);
    const after = await backends('under-test');
    expect(after.map(({ state }) => state)).toEqual(['idle']);
    expect(after[0]?.pid).not.toBe(before?.pid);
    await source.destroy();
  });

  it('takes its connection of a plain pool along, asked for by promise or by callback', async () => {
    const pool = new pg.Pool({
      connectionString: database.url,
      max: 1,
      application_name: 'plain',
      ...connectionSettings(QUERY_TIMEOUT_MS, 10_000),
    });
    const client = await pool.connect();
    await client.query('BEGIN');
    await client.query(`INSERT INTO written VALUES ('lost')`);
    await expect(client.query('SELECT pg_sleep($1)', [HANG_SECONDS])).rejects.toThrow('Query read timeout');
    await expect(client.query('ROLLBACK')).rejects.toThrow(/not queryable/);
    client.release();
    await expect(pool.query('SELECT pg_sleep($1)', [HANG_SECONDS])).rejects.toThrow('Query read timeout');
    await pool.query(`INSERT INTO written VALUES ('kept')`);

    expect(await words()).toEqual(['kept']);
    await sleep(HANG_SECONDS * 1000);
    expect((await backends('plain')).map(({ state }) => state)).toEqual(['idle']);
    await pool.end();
  });

  it('is ended by PostgreSQL first when only the statement is slow', async () => {
    const pool = new pg.Pool({ connectionString: database.url, max: 1, ...connectionSettings(5_000, 100) });

    const failure: unknown = await pool.query('SELECT pg_sleep(2)').catch((error: unknown) => error);

    expect(isDatabaseUnavailable(failure)).toBe(true);
    expect((await pool.query('SHOW idle_in_transaction_session_timeout')).rows).toEqual([
      { idle_in_transaction_session_timeout: '5s' },
    ]);
    await pool.end();
  });
});
