import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { entities, migrations } from '../migrations/index.js';
import { startTestPostgres } from '../platform/database/testing/test-postgres.js';
import { foldForSearch } from './names.js';
import { skeletonOf } from './usernames/skeleton.js';
import { UsersRepository } from './users.repository.js';

const PEOPLE = 20_000;
/** Generous: machines differ. A scan that compared every name with every rule would take longer. */
const SHORT_QUERY_MS = 1_000;

const NAMED = [
  'Nguyễn Thị Đào',
  'İsmail Işık',
  'Jürgen Weißgerber',
  '山田 太郎',
  '김민지',
  'أحمد علی',
  'Ελένη Παππάς',
  'Zoë Ørsted',
];

let stop: () => Promise<void>;
let database: DataSource;
let users: UsersRepository;

beforeAll(async () => {
  const postgres = await startTestPostgres();
  stop = () => postgres.stop();
  database = new DataSource({ type: 'postgres', url: postgres.url, entities, migrations });
  await database.initialize();
  await database.runMigrations();
  users = new UsersRepository(database);
  await database.query(
    `INSERT INTO users (id, email, username, display_name, search_key, password_hash, email_verified_at, role, created_at)
     SELECT gen_random_uuid(), number || '@example.test', 'user' || number, name, 'user' || number || ' ' || name, '', now(), 'user', now()
     FROM (SELECT number, md5(number::text) AS name FROM generate_series(1, $1) AS number) AS people`,
    [PEOPLE],
  );
  for (const [index, name] of NAMED.entries()) await add(`named${index}`, name);
  await add('gone', 'Deleted Zoë', { deleted_at: new Date() });
  await add('shut.out', 'Suspended Zoë', { suspended_at: new Date() });
  await database.query('VACUUM ANALYZE users');
}, 120_000);

afterAll(async () => {
  await database.destroy();
  await stop();
});

async function add(username: string, name: string, more: Record<string, Date> = {}): Promise<void> {
  await database.query(
    `INSERT INTO users (id, email, username, display_name, search_key, password_hash, email_verified_at, role, created_at,
       suspended_at, deleted_at)
     VALUES ($1, $2, $3, $4, $5, '', now(), 'user', now(), $6, $7)`,
    [
      randomUUID(),
      `${username}@example.test`,
      username,
      name,
      `${username} ${foldForSearch(name)}`,
      more['suspended_at'] ?? null,
      more['deleted_at'] ?? null,
    ],
  );
}

const search = async (query: string): Promise<string[]> => {
  const found = await users.search({ query, after: undefined, limit: 20, suspended: false });
  return found.map(({ user }) => user.displayName);
};

test.each([
  ['thi dao', 'Nguyễn Thị Đào'],
  ['NGUYỄN', 'Nguyễn Thị Đào'],
  ['isik', 'İsmail Işık'],
  ['ISMAIL', 'İsmail Işık'],
  ['ismaıl', 'İsmail Işık'],
  ['weissg', 'Jürgen Weißgerber'],
  ['WEIẞG', 'Jürgen Weißgerber'],
  ['jurgen', 'Jürgen Weißgerber'],
  ['太', '山田 太郎'],
  ['山田', '山田 太郎'],
  ['민지', '김민지'],
  ['احمد', 'أحمد علی'],
  ['علي', 'أحمد علی'],
  ['ελενη', 'Ελένη Παππάς'],
  ['παππασ', 'Ελένη Παππάς'],
])('%p finds %p', async (query, name) => expect(await search(query)).toContain(name));

test('neither deleted nor suspended people are found', async () => {
  expect(await search('zoe')).toEqual(['Zoë Ørsted']);
});

test('among many people a search reads an index, and a short one is still quick', async () => {
  const plan = await database.query<{ 'QUERY PLAN': string }[]>(
    `EXPLAIN SELECT 1 FROM users u WHERE u.deleted_at IS NULL AND u.search_key LIKE '%weissg%'`,
  );
  expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toContain('users_search');
  const byLook = await database.query<{ 'QUERY PLAN': string }[]>(
    `EXPLAIN SELECT 1 FROM users WHERE username_skeleton = ANY('{userl,user2}'::text[])`,
  );
  expect(byLook.map((line) => line['QUERY PLAN']).join('\n')).toContain('users_username_skeleton');
  const before = performance.now();
  expect(await search('zo')).toContain('Zoë Ørsted');
  expect(performance.now() - before).toBeLessThan(SHORT_QUERY_MS);
});

test('the database sees names alike as the server does', async () => {
  for (const username of ['a.b_c-d', 'r.n1n_0', 'v_vi', 'rrnn', 'vvvv', 'il10', 'rnrn.vv']) {
    await add(username, 'Alike');
    const [row] = await database.query<{ skeleton: string }[]>(
      `SELECT username_skeleton AS skeleton FROM users WHERE username = $1`,
      [username],
    );
    expect([username, row?.skeleton]).toEqual([username, skeletonOf(username)]);
  }
});
