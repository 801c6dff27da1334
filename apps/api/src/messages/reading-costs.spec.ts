import { randomUUID } from 'node:crypto';
import { DataSource, type Logger, type QueryRunner } from 'typeorm';
import { ChatListRepository, ChatView } from '../chats/index.js';
import { entities, migrations } from '../migrations/index.js';
import { startTestPostgres } from '../platform/database/testing/test-postgres.js';
import { HistoryRepository } from './history.repository.js';

/** Pages of 8 kB that one more level of a few index trees takes. */
const ALLOWED_BUFFERS = 5;
const PAGE = 50;

interface Statement {
  text: string;
  parameters: unknown[] | undefined;
}

interface Plan {
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
}

/** Keeps what is asked of the database. */
class Statements implements Logger {
  readonly seen: Statement[] = [];

  logQuery(text: string, parameters?: unknown[], _runner?: QueryRunner): void {
    this.seen.push({ text, parameters });
  }

  logQueryError(): void {
    // The query's caller hears of it.
  }

  logQuerySlow(): void {
    // Machines differ.
  }

  logSchemaBuild(): void {
    // Nothing is built.
  }

  logMigration(): void {
    // They are not what is looked at.
  }

  log(): void {
    // Nor is this.
  }
}

const statements = new Statements();
let stop: () => Promise<void>;
let database: DataSource;
let history: HistoryRepository;
let reader: string;
let others: string[];

beforeAll(async () => {
  const postgres = await startTestPostgres();
  stop = () => postgres.stop();
  database = new DataSource({ type: 'postgres', url: postgres.url, entities, migrations, logger: statements });
  await database.initialize();
  await database.runMigrations();
  history = new HistoryRepository(database);
  [reader = '', ...others] = await people(11);
}, 60_000);

beforeEach(() => void statements.seen.splice(0));

afterAll(async () => {
  await database.destroy();
  await stop();
});

async function people(count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  await database.query(
    `INSERT INTO users (id, email, username, display_name, search_key, password_hash, email_verified_at, role, created_at)
     SELECT id, id || '@example.test', 'p' || id, 'Person', '', '', now(), 'user', now() FROM unnest($1::uuid[]) AS id`,
    [ids],
  );
  return ids;
}

/** A group with so many messages of everybody in turn. */
async function groupWith(messages: number): Promise<string> {
  const id = randomUUID();
  const members = [reader, ...others];
  await database.query(
    `INSERT INTO chats (id, type, name, created_by, activity_id, member_count, last_seq, version)
     VALUES ($1, 'group', 'Group', $2, $1, $3, $4::bigint, $4::bigint + 1)`,
    [id, reader, members.length, messages],
  );
  await database.query(
    `INSERT INTO chat_members (chat_id, user_id, role, joined_version, version)
     SELECT $1, id, 'member', 1, 1 FROM unnest($2::uuid[]) AS id`,
    [id, members],
  );
  await database.query(
    `INSERT INTO messages (chat_id, seq, version, id, client_id, sender_id, type, content, created_at)
     SELECT $1, seq, seq + 1, gen_random_uuid(), seq::text, ($3::uuid[])[1 + seq % cardinality($3::uuid[])], 'text',
       'message ' || seq, now() FROM generate_series(1, $2::bigint) AS seq`,
    [id, messages, members],
  );
  return id;
}

/** How many buffers the statements that `work` runs take, with everything in memory. */
async function buffersOf(work: () => Promise<unknown>): Promise<number> {
  await work();
  statements.seen.splice(0);
  await work();
  let buffers = 0;
  for (const { text, parameters } of statements.seen.splice(0)) {
    const rows = await database.query<{ 'QUERY PLAN': { Plan: Plan }[] }[]>(
      `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`,
      parameters,
    );
    const plan = rows[0]?.['QUERY PLAN'][0]?.Plan;
    if (plan === undefined) throw new Error(`no plan for ${text}`);
    buffers += plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
  }
  return buffers;
}

it('reads the newest page, and one deep in the past, of a chat of 100,000 messages as it does of a chat of 100', async () => {
  const [small, large] = [await groupWith(100), await groupWith(100_000)];
  await database.query('VACUUM ANALYZE messages');
  const read = (chatId: string, seq?: number) => () => history.before({ chatId, visibleFromSeq: 1 }, PAGE + 1, seq);
  const [ofSmall, ofLarge] = [await buffersOf(read(small)), await buffersOf(read(large))];
  const deep = await buffersOf(read(large, 20_000));
  expect(ofSmall).toBeGreaterThan(0);
  expect(ofLarge).toBeLessThanOrEqual(ofSmall + ALLOWED_BUFFERS);
  expect(deep).toBeLessThanOrEqual(ofSmall + ALLOWED_BUFFERS);
}, 60_000);

it('takes three statements for the list of chats, however many there are', async () => {
  const list = new ChatListRepository(database);
  const view = new ChatView(list);
  for (const wanted of [5, 500]) {
    for (let made = await chatCount(); made < wanted; made++) await groupWith(1);
    statements.seen.splice(0);
    const chats = await view.toChats(reader, await list.page(reader, 500));
    expect([chats.length, statements.seen.length]).toEqual([wanted, 3]);
    expect(chats.every(({ members, lastMessage }) => members?.length === 11 && lastMessage !== null)).toBe(true);
  }
}, 60_000);

async function chatCount(): Promise<number> {
  const [row] = await database.query<[{ count: number }]>('SELECT count(*)::int AS count FROM chats');
  return row.count;
}
