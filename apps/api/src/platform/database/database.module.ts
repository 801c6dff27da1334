import { type DynamicModule, Global, Inject, Logger, Module, type OnApplicationShutdown } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import pg from 'pg';
import type { DataSourceOptions } from 'typeorm';
import { connectionSettings } from './dropping-client.js';
import { LOG_POOL } from './log-pool.js';

// Sequence numbers, versions and counts are bigint in the database and stay far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

const POOL_SIZE = 10;
/** One for each writer of the log, and some for what must not wait behind a retry. */
const LOG_POOL_SIZE = 4;
/** The log passes by chats that somebody else holds for longer. */
const LOG_LOCK_TIMEOUT_MS = 1_000;
/**
 * The log's statements are planned once: for them planning takes longer than doing. The plan is made while the tables may be
 * empty and has to be right when they hold millions, so it looks up by key, which is all that these statements do.
 */
const LOG_PLANNING = [
  'plan_cache_mode=force_generic_plan',
  'enable_seqscan=off',
  'enable_hashjoin=off',
  'enable_mergejoin=off',
  'enable_bitmapscan=off',
  'jit=off',
]
  .map((setting) => `-c ${setting}`)
  .join(' ');
const CONNECT_TIMEOUT_MS = 5_000;

export interface DatabaseOptions {
  url: string;
  entities: DataSourceOptions['entities'];
}

/** The connections to PostgreSQL: TypeORM's for everything, and a small pool of its own for the message log. */
@Global()
@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(LOG_POOL) private readonly logPool: pg.Pool) {}

  static with(options: DatabaseOptions): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [
        TypeOrmModule.forRoot({
          type: 'postgres',
          url: options.url,
          entities: options.entities as never,
          synchronize: false,
          retryAttempts: 3,
          poolSize: POOL_SIZE,
          connectTimeoutMS: CONNECT_TIMEOUT_MS,
          applicationName: 'chatr',
          extra: connectionSettings(),
        }),
      ],
      providers: [{ provide: LOG_POOL, useFactory: () => createLogPool(options.url) }],
      exports: [LOG_POOL],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.logPool.end();
  }
}

function createLogPool(connectionString: string): pg.Pool {
  const logger = new Logger('Database');
  const pool = new pg.Pool({
    connectionString,
    max: LOG_POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'chatr-log',
    ...connectionSettings(),
    lock_timeout: LOG_LOCK_TIMEOUT_MS,
    options: LOG_PLANNING,
  });
  // An idle connection that breaks is replaced at the next use; without a listener it would end the process.
  pool.on('error', (error) => logger.warn({ err: error.message }, 'an idle database connection broke'));
  return pool;
}
