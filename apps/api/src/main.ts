import { complain } from './complain.js';
import { expectShortLives } from './garbage-collection.js';
import { greet } from './greet.js';
import { type Config, createLog, loadConfig } from './platform/index.js';
import { prepareDatabase, serve } from './server.js';
import { isWorker, leaveFolder, onStop, placeFromEnvironment, tellReady, WorkerPool } from './workers/index.js';

/** Ends the process when stopping hangs: whoever asked for it should not have to kill it. */
const STOP_MARGIN_MS = 20_000;

try {
  expectShortLives();
  const config = loadConfig();
  if (isWorker()) await runWorker(config);
  else await run(config);
} catch (error) {
  complain(error);
  process.exit(1);
}

/** The process that was started from the command line: the server itself, or the primary of its workers. */
async function run(config: Config): Promise<void> {
  const log = createLog(config);
  const database = await prepareDatabase(config, log, { demo: process.argv.includes('--demo') });
  try {
    const server =
      config.workers === 1 ? await serve(config, database.url, log) : await startWorkers(config, database.url, log);
    greet(config, database.demo);
    const stop = async (): Promise<void> => {
      await server.stop();
      await database.stop();
    };
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void end(config, stop));
  } catch (error) {
    await database.stop();
    throw error;
  }
}

async function startWorkers(
  config: Config,
  databaseUrl: string,
  log: ReturnType<typeof createLog>,
): Promise<WorkerPool> {
  // What the primary has done already, the workers leave.
  const environment = { DATABASE_URL: databaseUrl, MIGRATE: 'off', WORKERS: '1' };
  const pool = new WorkerPool({ count: config.workers, environment, log });
  process.once('exit', () => pool.kill());
  await pool.start();
  return pool;
}

async function runWorker(config: Config): Promise<void> {
  const place = placeFromEnvironment();
  const log = createLog(config, { worker: place.slot });
  const server = await serve(config, config.databaseUrl ?? '', log, place);
  const stop = async (): Promise<void> => {
    await server.stop();
    leaveFolder(place);
  };
  onStop(() => void end(config, stop));
  tellReady();
}

async function end(config: Config, stop: () => Promise<void>): Promise<void> {
  setTimeout(() => process.exit(1), config.drainMs + STOP_MARGIN_MS).unref();
  try {
    await stop();
    process.exit(0);
  } catch (error) {
    complain(error);
    process.exit(1);
  }
}
