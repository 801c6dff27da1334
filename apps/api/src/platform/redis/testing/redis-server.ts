import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import getPort from 'get-port';
import { Redis } from 'ioredis';

const FOLDERS = ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'];
const INSTALLER = '/usr/bin/apt-get';
const READY_MS = 10_000;
const POLL_MS = 20;

/** As in Redis' configuration file. */
type Settings = Readonly<Record<string, string | number>>;

const living = new Set<ChildProcess>();
// Whatever happens to the tests, no Redis outlives them.
process.once('exit', () => {
  for (const child of living) child.kill('SIGKILL');
});

/** A Redis of a test's own, on a free port, which keeps nothing. */
export class RedisServer {
  readonly url: string;
  private readonly folder = mkdtempSync(join(tmpdir(), 'chatr-redis-'));
  private child: ChildProcess | undefined;

  private constructor(
    private readonly program: string,
    readonly port: number,
    private readonly settings: Settings,
  ) {
    this.url = `redis://127.0.0.1:${port}`;
  }

  /** @throws Error with what to do, where there is no Redis and none can be installed */
  static async start(settings: Settings = {}): Promise<RedisServer> {
    const server = new RedisServer(redisProgram(), await getPort(), settings);
    await server.resume();
    return server;
  }

  /** Starts it after `kill`, on the same port, and empty. Does nothing while it runs. */
  async resume(): Promise<void> {
    if (this.child !== undefined && !hasEnded(this.child)) return;
    const own = { port: this.port, bind: '127.0.0.1', dir: this.folder, save: '', appendonly: 'no' };
    const options = { ...own, ...this.settings };
    const child = spawn(
      this.program,
      Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]),
      { stdio: 'ignore' },
    );
    this.child = child;
    living.add(child);
    child.once('exit', () => living.delete(child));
    await answers(this.url);
  }

  /** Ends it at once, with all it held. */
  async kill(): Promise<void> {
    const child = this.child;
    if (child === undefined || hasEnded(child)) return;
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  }

  /** Stops answering, and breaks no connection. */
  freeze(): void {
    this.child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.child?.kill('SIGCONT');
  }

  /** Ends it and deletes its folder. */
  async destroy(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** A test that cannot run is a failure: so Redis is installed where that is possible. */
function redisProgram(): string {
  const programs = FOLDERS.map((folder) => join(folder, 'redis-server'));
  const found = programs.find((program) => existsSync(program));
  if (found !== undefined) return found;
  if (process.getuid?.() !== 0 || !existsSync(INSTALLER)) {
    throw new Error(
      'These tests need redis-server. Install it (on Debian: sudo apt-get install redis-server) and try again.',
    );
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  execFileSync(INSTALLER, ['update', '-qq'], { env, stdio: 'ignore' });
  execFileSync(INSTALLER, ['install', '-y', '-qq', '--no-install-recommends', 'redis-server'], {
    env,
    stdio: 'ignore',
  });
  return redisProgram();
}

async function answers(url: string): Promise<void> {
  const client = new Redis(url, { retryStrategy: () => POLL_MS, maxRetriesPerRequest: null });
  client.on('error', () => undefined);
  try {
    await Promise.race([
      client.ping(),
      sleep(READY_MS, undefined, { ref: false }).then(() => Promise.reject(new Error('Redis did not start in time'))),
    ]);
  } finally {
    client.disconnect();
  }
}
