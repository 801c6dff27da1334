/**
 * Runs PostgreSQL and ends it when the server is gone, however that ended: the server holds the other end of this
 * process' standard input, which the system closes even after a kill -9. A program of its own, run as
 * `node keeper.js '<KeeperOptions as JSON>'`; it imports nothing of the server.
 *
 * Once the server has written anything to it, PostgreSQL did start here, and is started again for ever when it ends.
 * Each such end is a line of standard output; what PostgreSQL itself says goes to standard error.
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
/** The first after a while, the second, and so on; the last for all that follow. */
const RESTART_AFTER_MS = [1_000, 2_000, 5_000, 10_000];
/** A PostgreSQL that lived this long has recovered: what ends it then is a new misfortune. */
const RECOVERED_MS = 30_000;

function keep({ postgres, pgCtl, args, cluster, uid, gid }: KeeperOptions): void {
  let stopping = false;
  let wasReady = false;
  let ends = 0;
  let database: ChildProcess;

  const start = (): void => {
    const startedAt = Date.now();
    const ended = (how: string): void => {
      if (stopping || !wasReady) process.exit(stopping ? 0 : 1);
      ends = Date.now() - startedAt > RECOVERED_MS ? 1 : ends + 1;
      const wait = RESTART_AFTER_MS[Math.min(ends, RESTART_AFTER_MS.length) - 1];
      process.stdout.write(`${how}\n`);
      setTimeout(() => (stopping ? process.exit(0) : start()), wait);
    };
    database = spawn(postgres, args, { uid, gid, cwd: cluster, stdio: ['ignore', 2, 2] });
    database.once('error', (error) => {
      process.stderr.write(`FATAL:  ${postgres} cannot be run: ${error.message}\n`);
      if (database.pid === undefined) ended(error.message);
    });
    database.once('exit', (code, signal) => ended(signal === null ? `exit code ${code}` : signal));
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
    if (database.exitCode !== null || database.signalCode !== null || database.pid === undefined) process.exit(0);
  };

  process.stdout.on('error', () => undefined); // the server is gone, which the end of standard input tells
  start();
  process.stdin.on('end', stop).on('close', stop).on('error', stop);
  process.stdin.on('data', () => (wasReady = true));
  for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(name, stop);
}

keep(JSON.parse(process.argv[2] ?? '') as KeeperOptions);
