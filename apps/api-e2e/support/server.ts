import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import getPort from 'get-port';

const MAIN = join(import.meta.dirname, '../../api/dist/main.js');
const READY_MS = 60_000;
const STOP_MS = 30_000;
const POLL_MS = 50;

/** What people of the tests need to know of a server. */
export interface ServerAddress {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
}

/** A built server in a process of its own, with a data folder and a PostgreSQL of its own. */
export interface TestServer extends ServerAddress {
  readonly dataDir: string;
  /** Every line it printed, over all its lives. */
  readonly logs: readonly string[];
  readonly pid: number;
  /** Ends it as a crash does: no chance to say or save anything. */
  kill9(): Promise<void>;
  /** Ends it as an operator does, and keeps its data. @returns the exit code, null when a signal ended it */
  stop(): Promise<number | null>;
  /** Starts it again after `kill9` or `stop`, on the same port and data. @param env beside what it was started with */
  restart(env?: Environment): Promise<void>;
  /** Ends it and deletes its data. */
  destroy(): Promise<void>;
}

/** Settings beside the tests' own; undefined takes one of those away. */
export type Environment = Record<string, string | undefined>;

const living = new Set<ChildProcess>();
// Whatever happens to the tests, no server outlives them.
process.once('exit', () => {
  for (const child of living) child.kill('SIGKILL');
});

/**
 * Starts a server and waits until it is ready.
 * @param options of the command line, for its first start only
 * @throws Error with everything it printed when it ends or is not ready within a minute
 */
export async function startServer(env: Environment = {}, options: readonly string[] = []): Promise<TestServer> {
  const dataDir = env['DATA_DIR'] ?? mkdtempSync(join(tmpdir(), 'chatr-e2e-'));
  const port = env['PORT'] ?? String(await getPort());
  const url = `http://127.0.0.1:${port}`;
  const logs: string[] = [];
  const start = async (more: Environment, given: readonly string[]): Promise<ChildProcess> => {
    const child = launch({ DATA_DIR: dataDir, PORT: port, PUBLIC_URL: url, ...env, ...more }, given, logs);
    try {
      await becomesReady(child, url);
      return child;
    } catch (error) {
      await end(child, 'SIGKILL');
      throw new Error(`The server did not start: ${String(error)}\n${logs.join('\n')}`, { cause: error });
    }
  };

  let child = await start({}, options);
  return {
    url,
    dataDir,
    logs,
    get pid() {
      return child.pid ?? 0;
    },
    kill9: async () => {
      await end(child, 'SIGKILL');
    },
    stop: () => end(child, 'SIGTERM'),
    restart: async (more = {}) => {
      child = await start(more, []);
    },
    destroy: async () => {
      await end(child, 'SIGTERM');
      await removeDataDir(dataDir);
    },
  };
}

function launch(env: Environment, options: readonly string[], logs: string[]): ChildProcess {
  const child = spawn(process.execPath, ['--enable-source-maps', MAIN, ...options], {
    // Nothing of the developer's own settings may change what the tests see.
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], RATE_LIMITS: 'off', PASSWORD_ROUNDS: '10', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  living.add(child);
  child.once('exit', () => living.delete(child));
  for (const output of [child.stdout, child.stderr]) {
    output
      .setEncoding('utf8')
      .on('data', (text: string) => logs.push(...text.split('\n').filter((line) => line !== '')));
  }
  return child;
}

async function becomesReady(child: ChildProcess, url: string): Promise<void> {
  const deadline = Date.now() + READY_MS;
  while (Date.now() < deadline) {
    if (hasEnded(child)) throw new Error(`it ended with ${String(child.exitCode ?? child.signalCode)}`);
    const answer = await fetch(`${url}/api/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(POLL_MS);
  }
  throw new Error('it was not ready in time');
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
  if (!hasEnded(child)) {
    const exit = once(child, 'exit');
    const impatience = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    child.kill(signal);
    await exit;
    clearTimeout(impatience);
  }
  return child.exitCode;
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** After a kill its database is still ending, and writes into the folder until it has. */
async function removeDataDir(dataDir: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      rmSync(dataDir, { recursive: true, force: true });
      return;
    } catch (error) {
      if (attempt === 100) throw error;
      await sleep(100);
    }
  }
}
