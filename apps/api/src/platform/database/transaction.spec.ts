import pg from 'pg';
import { connectionSettings } from './dropping-client.js';
import type { EmbeddedPostgres } from './embedded/index.js';
import { startTestPostgres } from './testing/test-postgres.js';
import { runTransaction, toArrayText } from './transaction.js';

const WRITE = { name: 'write', text: 'INSERT INTO words SELECT unnest($1::text[]) RETURNING word' };
const COUNT = { name: 'count', text: 'SELECT count(*), pg_current_xact_id_if_assigned() IS NOT NULL FROM words' };
const DIVIDE = { name: 'divide', text: 'SELECT 1 / $1::int' };
const SLEEP = { name: 'sleep', text: 'SELECT pg_sleep($1)' };

let database: EmbeddedPostgres;
let pool: pg.Pool;

beforeAll(async () => {
  database = await startTestPostgres();
  pool = new pg.Pool({ connectionString: database.url, max: 1, ...connectionSettings(300, 10_000) });
  pool.on('error', () => undefined);
  await pool.query('CREATE TABLE words (word text)');
});

beforeEach(() => pool.query('TRUNCATE words'));

afterAll(async () => {
  await pool.end();
  await database.stop();
});

const run = async (...steps: Parameters<typeof runTransaction>[1][number][]): ReturnType<typeof runTransaction> => {
  const client = await pool.connect();
  try {
    return await runTransaction(client, steps);
  } finally {
    client.release();
  }
};
const written = async (): Promise<string[]> =>
  (await pool.query<{ word: string }>('SELECT word FROM words')).rows.map(({ word }) => word);

it('gives the rows of each statement, all of them in one transaction, again and again', async () => {
  for (const words of [['one'], ['two', 'three']]) {
    const before = (await written()).length;
    const rows = await run({ statement: WRITE, values: [toArrayText(words)] }, { statement: COUNT, values: [] });
    expect(rows).toEqual([words.map((word) => [word]), [[String(before + words.length), 't']]]);
  }
  expect(await written()).toEqual(['one', 'two', 'three']);
});

it('takes any text, and nothing, as the values of an array', async () => {
  const words = ['', 'NULL', '{a,b}', 'say "hi"', 'back\\slash', ' spaces ', 'línea\n日本', null];
  const [rows] = await run({ statement: WRITE, values: [toArrayText(words)] });
  expect(rows).toEqual(words.map((word) => [word]));
});

it('commits nothing when one statement fails, and leaves the connection as it was', async () => {
  const fails = [
    { statement: WRITE, values: [toArrayText(['lost'])] },
    { statement: DIVIDE, values: ['0'] },
  ];
  // The first time the statements are prepared along with it, the second time some of them are there already.
  for (let attempt = 0; attempt < 2; attempt++) await expect(run(...fails)).rejects.toMatchObject({ code: '22012' });
  expect(await run({ statement: DIVIDE, values: ['1'] })).toEqual([[['1']]]);
  await run({ statement: WRITE, values: [toArrayText(['kept'])] });
  expect(await written()).toEqual(['kept']);
});

it('becomes a part of the transaction that the connection is in', async () => {
  const client = await pool.connect();
  await client.query('BEGIN');
  await runTransaction(client, [{ statement: WRITE, values: [toArrayText(['gone'])] }]);
  await client.query('ROLLBACK');
  client.release();
  expect(await written()).toEqual([]);
});

it('is given up with its connection when the database does not answer', async () => {
  const client = await pool.connect();
  const broken = new Promise((resolve) => client.once('end', resolve));
  const answer = runTransaction(client, [
    { statement: WRITE, values: [toArrayText(['lost'])] },
    { statement: SLEEP, values: ['1'] },
  ]);
  await expect(answer).rejects.toThrow('Query read timeout');
  // What became of it is not known: all of it was on its way.
  await broken;
  client.release(true);
  expect(await written()).toEqual([]);
});
