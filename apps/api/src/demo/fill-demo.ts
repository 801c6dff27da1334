import bcrypt from 'bcrypt';
import { DataSource, type DataSourceOptions, type EntityManager, type ObjectLiteral } from 'typeorm';
import { ChatEntity, ChatMemberEntity, UserCursorEntity } from '../chats/index.js';
import { MessageEditEntity, MessageEntity } from '../messages/index.js';
import type { Config } from '../platform/index.js';
import { LastSeenEntity } from '../presence/index.js';
import { UserEntity, UsersRepository } from '../users/index.js';
import { type Company, makeCompany } from './company.js';

export interface DemoOptions {
  config: Pick<Config, 'production' | 'passwordRounds'>;
  url: string;
  entities: DataSourceOptions['entities'];
  now?: Date;
}

/** What somebody needs to look around in the demonstration. */
export interface DemoLogins {
  /** The same for everybody. */
  password: string;
  administrator: string;
  /** Somebody without rights of their own. */
  colleague: string;
}

/** The demonstration was asked for where it would do harm. The message says what to do instead. */
export class DemoRefusedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DemoRefusedError';
  }
}

/** Known to everybody who reads this, and therefore never used in production. */
const PASSWORD = 'northmill-demo';
/** Rows in one statement: PostgreSQL takes 65,535 parameters, and no table has more than 16 columns. */
const ROWS_AT_ONCE = 1_000;
/** Held while the database is filled, so that of two servers that start together only one does it. Any number would do. */
const LOCK = 7_305_812;

/**
 * Fills an empty, migrated database with a small company and five weeks of its talk, in one transaction.
 * @throws DemoRefusedError in production, and when there are people already
 */
export async function fillWithDemo({ config, url, entities, now = new Date() }: DemoOptions): Promise<DemoLogins> {
  if (config.production) {
    throw new DemoRefusedError(
      '--demo makes accounts whose password everybody knows. It is refused with NODE_ENV=production.',
    );
  }
  const company = makeCompany(now, await bcrypt.hash(PASSWORD, config.passwordRounds));
  const database = new DataSource({ type: 'postgres', url, entities, poolSize: 1, applicationName: 'chatr-demo' });
  await database.initialize();
  try {
    await database.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
      await requireEmpty(manager);
      await write(company, new UsersRepository(database), manager);
    });
  } finally {
    await database.destroy();
  }
  const [administrator, colleague] = company.people.map((person) => person.email);
  return { password: PASSWORD, administrator: administrator ?? '', colleague: colleague ?? '' };
}

async function requireEmpty(manager: EntityManager): Promise<void> {
  const people = await manager.count(UserEntity);
  if (people === 0) return;
  const found = people === 1 ? '1 person' : `${people} people`;
  throw new DemoRefusedError(
    `--demo fills an empty database only; this one has ${found}. Start without --demo, or with another DATA_DIR.`,
  );
}

async function write(company: Company, users: UsersRepository, manager: EntityManager): Promise<void> {
  for (const person of company.people) await users.insert(person, manager);
  const { chats } = company;
  await insert(
    manager,
    ChatEntity,
    chats.map((record) => record.chat),
  );
  await insert(
    manager,
    ChatMemberEntity,
    chats.flatMap((record) => [...record.members.values()]),
  );
  await insert(
    manager,
    MessageEntity,
    chats.flatMap((record) => record.messages),
  );
  await insert(
    manager,
    MessageEditEntity,
    chats.flatMap((record) => record.editRows),
  );
  await insert(manager, UserCursorEntity, company.cursors);
  await insert(manager, LastSeenEntity, company.presence);
}

async function insert<Row extends ObjectLiteral>(
  manager: EntityManager,
  entity: new () => Row,
  rows: readonly Row[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    await manager
      .createQueryBuilder()
      .insert()
      .into(entity)
      .values(rows.slice(start, start + ROWS_AT_ONCE))
      // The rows are complete: nothing has to come back.
      .updateEntity(false)
      .execute();
  }
}
