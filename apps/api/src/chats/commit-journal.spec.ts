import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { entities, migrations } from '../migrations/index.js';
import { startTestPostgres } from '../platform/database/testing/test-postgres.js';
import { CommitJournal } from './commit-journal.js';

let stop: () => Promise<void>;
let database: DataSource;
let journal: CommitJournal;

beforeAll(async () => {
  const postgres = await startTestPostgres();
  stop = () => postgres.stop();
  database = await new DataSource({ type: 'postgres', url: postgres.url, entities, migrations }).initialize();
  await database.runMigrations();
  journal = new CommitJournal(database);
}, 60_000);

afterAll(async () => {
  await database.destroy();
  await stop();
});

const record = (chatId: string, version: number, joined: string[] = []): Promise<void> =>
  database.transaction((manager) => journal.record(manager, chatId, version, joined));

it('tells what was committed since, the newest version of each chat, and who was let in', async () => {
  const since = await journal.start();
  const [one, two, person] = [randomUUID(), randomUUID(), randomUUID()];
  await record(one, 1);
  await record(one, 2);
  await record(two, 7, [person]);
  const { heads, joined, horizon } = await journal.read(since);
  expect(new Map(heads.map(({ chatId, version }) => [chatId, version]))).toEqual(
    new Map([
      [one, 2],
      [two, 7],
    ]),
  );
  expect(joined).toEqual([{ chatId: two, userIds: [person] }]);
  expect(await journal.read(horizon)).toMatchObject({ heads: [], joined: [], moved: [] });
});

it('misses no transaction that began before others and was committed after them', async () => {
  const since = await journal.start();
  const [early, late] = [randomUUID(), randomUUID()];
  const slow = database.createQueryRunner();
  await slow.startTransaction();
  await journal.record(slow.manager, early, 1);
  await record(late, 1);
  const first = await journal.read(since);
  expect(first.heads).toEqual([{ chatId: late, version: 1 }]);
  await slow.commitTransaction();
  await slow.release();
  const second = await journal.read(first.horizon);
  expect(second.heads).toEqual([{ chatId: early, version: 1 }]);
  expect((await journal.read(second.horizon)).heads).toEqual([]);
});

it('forgets what is older than every node’s memory, and nothing else', async () => {
  const since = await journal.start();
  const [old, recent] = [randomUUID(), randomUUID()];
  await record(old, 1);
  await database.query(
    `UPDATE commit_journal SET written_at = written_at - interval '1 hour' WHERE chat_ids = ARRAY[$1::uuid]`,
    [old],
  );
  await record(recent, 1);
  await journal.trim();
  expect((await journal.read(since)).heads).toEqual([{ chatId: recent, version: 1 }]);
});
