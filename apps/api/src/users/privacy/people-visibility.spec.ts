import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import { entities, migrations } from '../../migrations/index.js';
import { startTestPostgres } from '../../platform/database/testing/test-postgres.js';
import { type Config, loadConfig } from '../../platform/index.js';
import { BlocksRepository } from '../blocks.repository.js';
import { PeopleVisibility } from './people-visibility.js';
import { PRIVACY_LEVELS, type PrivacyLevel } from './privacy-level.js';

let stop: () => Promise<void>;
let database: DataSource;
let config: Config;
let owner: string;
let friend: string;
let stranger: string;

beforeAll(async () => {
  const postgres = await startTestPostgres();
  stop = () => postgres.stop();
  database = new DataSource({ type: 'postgres', url: postgres.url, entities, migrations });
  await database.initialize();
  await database.runMigrations();
  config = loadConfig({ JWT_SECRET: 'x'.repeat(32), ENCRYPTION_KEY: 'x'.repeat(32) });
}, 60_000);

beforeEach(async () => {
  [owner, friend, stranger] = [await person(), await person(), await person()];
  await database.query(`INSERT INTO contacts (user_id, contact_id) VALUES ($1, $2), ($3, $1)`, [
    owner,
    friend,
    stranger,
  ]);
});

afterAll(async () => {
  await database.destroy();
  await stop();
});

async function person(): Promise<string> {
  const id = randomUUID();
  await database.query(
    `INSERT INTO users (id, email, username, display_name, search_key, password_hash, email_verified_at, role, created_at)
     VALUES ($1, $2, $2, '', '', '', now(), 'user', now())`,
    [id, id],
  );
  return id;
}

async function choose(level: PrivacyLevel): Promise<void> {
  await database.query(`INSERT INTO privacy_settings VALUES ($1, $2, $2, $2, $2, $2)`, [owner, level]);
}

const visibility = (messageRequests = false): PeopleVisibility =>
  new PeopleVisibility(database, new BlocksRepository(database), { ...config, messageRequests });

const EVERYTHING = { presence: true, lastSeen: true, email: true, phone: true };
const NOTHING = { presence: false, lastSeen: false, email: false, phone: false };
const BY_DEFAULT = { presence: true, lastSeen: true, email: false, phone: false };

test('of people who have chosen nothing everybody sees the same, of oneself everything', async () => {
  const seen = await visibility().of(stranger, [owner, friend, stranger]);
  expect([...seen]).toEqual([
    [owner, BY_DEFAULT],
    [friend, BY_DEFAULT],
    [stranger, EVERYTHING],
  ]);
  expect(await visibility().isOpen(owner)).toBe(true);
  expect(await visibility().of(stranger, [])).toEqual(new Map());
});

test.each<[PrivacyLevel, object, object]>([
  ['everyone', EVERYTHING, EVERYTHING],
  ['contacts', EVERYTHING, NOTHING],
  ['nobody', NOTHING, NOTHING],
])('what is for %s is seen so from both sides', async (level, byFriend, byStranger) => {
  await choose(level);
  const seen = await visibility().by(owner, [friend, stranger, owner]);
  expect([...seen.values()]).toEqual([byFriend, byStranger, EVERYTHING]);
  expect((await visibility().of(friend, [owner])).get(owner)).toEqual(byFriend);
  expect((await visibility().of(stranger, [owner])).get(owner)).toEqual(byStranger);
  expect(await visibility().isOpen(owner)).toBe(level === 'everyone');
});

test('many people are asked about with two queries, however many they are', async () => {
  await choose('nobody');
  const query = jest.spyOn(database, 'query');
  await visibility().of(stranger, [owner, friend, ...Array.from({ length: 500 }, () => randomUUID())]);
  expect(query).toHaveBeenCalledTimes(2);
  query.mockRestore();
});

test.each<[PrivacyLevel | 'nothing', boolean, string, string]>([
  ['nothing', false, 'delivered', 'delivered'],
  ['nothing', true, 'delivered', 'requested'],
  ['everyone', true, 'delivered', 'delivered'],
  ['contacts', false, 'delivered', 'requested'],
  ['nobody', false, 'delivered', 'refused'],
])(
  'for somebody who chose %s, with requests on: %p, a contact’s message is %s and a stranger’s %s',
  async (level, on, ...said) => {
    const chosen = PRIVACY_LEVELS.find((known) => known === level);
    if (chosen !== undefined) await choose(chosen);
    expect([
      await visibility(on).firstMessage(friend, owner),
      await visibility(on).firstMessage(stranger, owner),
    ]).toEqual(said);
  },
);

test('two between whom there is a block see nothing of each other, whatever their settings', async () => {
  await choose('everyone');
  await database.query(`INSERT INTO blocks (id, blocker_id, blocked_id) VALUES ($1, $2, $3)`, [
    randomUUID(),
    owner,
    friend,
  ]);
  expect((await visibility().of(friend, [owner])).get(owner)).toEqual(NOTHING);
  expect((await visibility().of(owner, [friend])).get(friend)).toEqual(NOTHING);
  expect((await visibility().of(stranger, [owner])).get(owner)).toEqual(EVERYTHING);
  expect([await visibility().isOpen(owner), await visibility().isOpen(friend)]).toEqual([false, false]);
});
