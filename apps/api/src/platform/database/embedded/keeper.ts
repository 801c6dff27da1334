/**
 * Runs PostgreSQL and ends it when the server is gone, however that ended: the server holds the other end of this
 * process' standard input, which the system closes even after a kill -9. A program of its own, run as
 * `node keeper.js '<KeeperOptions as JSON>'`; it imports nothing of the server.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';

export interface KeeperOptions {
  postgres: string;
  pgCtl: string;
  args: string[];
  cluster: string;
  uid?: number;
  gid?: number;
}

const PATIENCE_MS = 10_000;
/** A PostgreSQL that lived this long did start: if it dies it is started again. */
const STARTED_MS = 5_000;
const RESTART_AFTER_MS = 1_000;

function keep({ postgres, pgCtl, args, cluster, uid, gid }: KeeperOptions): void {
  let stopping = false;
  let database: ChildProcess;

  const start = (): void => {
    const startedAt = Date.now();
    database = spawn(postgres, args, { uid, gid, cwd: cluster, stdio: ['ignore', 'inherit', 'inherit'] });
    database.once('error', (error) => {
      process.stderr.write(`FATAL:  ${postgres} cannot be run: ${error.message}\n`);
      process.exit(1);
    });
    database.once('exit', (code) => {
      if (stopping || Date.now() - startedAt < STARTED_MS) process.exit(code ?? 1);
      setTimeout(() => (stopping ? process.exit(0) : start()), RESTART_AFTER_MS);
    });
  };

  const signal = (name: 'INT' | 'QUIT'): void => {
    // Windows has no signals; pg_ctl speaks to PostgreSQL's own imitation of them.
    if (process.platform === 'win32') spawnSync(pgCtl, ['kill', name, String(database.pid)]);
    else database.kill(`SIG${name}`);
  };

  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    signal('INT');
    setTimeout(() => signal('QUIT'), PATIENCE_MS);
  };

  start();
  process.stdin.on('end', stop).on('close', stop).on('error', stop).resume();
  for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(name, stop);
}

keep(JSON.parse(process.argv[2] ?? '') as KeeperOptions);
