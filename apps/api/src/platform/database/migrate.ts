import { Logger } from '@nestjs/common';
import { DataSource, type DataSourceOptions } from 'typeorm';

/** Held while migrations run, so that of several servers that start together one does it and the others wait. Any number would do. */
const LOCK = 7_305_811;
/** A host that swallows every packet is told from a slow one; without it the start would wait for ever, in silence. */
const CONNECT_TIMEOUT_MS = 10_000;

export interface MigrateOptions {
  url: string;
  migrations: DataSourceOptions['migrations'];
  /** `start` brings the schema up to date, `off` only looks. */
  mode: 'start' | 'off';
}

/** The database's schema is older than this release, and the server was told not to change it. */
export class SchemaBehindError extends Error {
  constructor() {
    super(
      'The database schema is behind this release, and MIGRATE=off. Start one server with MIGRATE=start, then this one again.',
    );
    this.name = 'SchemaBehindError';
  }
}

/**
 * Brings the schema up to date. Returns how many migrations ran.
 * @throws SchemaBehindError with mode `off` when some would have to run
 */
export async function migrate({ url, migrations, mode }: MigrateOptions): Promise<number> {
  // One connection: the lock belongs to it, and so the migrations run under it.
  const database = new DataSource({
    type: 'postgres',
    url,
    migrations,
    poolSize: 1,
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    applicationName: 'chatr-migrate',
  });
  await database.initialize();
  try {
    if (mode === 'off') {
      if (await database.showMigrations()) throw new SchemaBehindError();
      return 0;
    }
    await takeLock(database);
    return (await database.runMigrations({ transaction: 'each' })).length;
  } finally {
    await database.destroy();
  }
}

async function takeLock(database: DataSource): Promise<void> {
  const [{ taken }] = await database.query<[{ taken: boolean }]>('SELECT pg_try_advisory_lock($1) AS taken', [LOCK]);
  if (taken) return;
  new Logger('Database').log('waiting for another server, which is bringing the database schema up to date');
  await database.query('SELECT pg_advisory_lock($1)', [LOCK]);
}
