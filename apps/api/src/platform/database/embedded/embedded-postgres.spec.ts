import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './index.js';
import { readPostmasterFile } from './postmaster.js';

const SERVER = new URL('./embedded-postgres.server.mjs', import.meta.url);
const asRoot = process.getuid?.() === 0;

describe('the embedded PostgreSQL', () => {
  let dataDir: string;
  const running: EmbeddedPostgres[] = [];
  const children: ChildProcess[] = [];

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'chatr-embedded-'));
  });

  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    for (const database of running.splice(0)) await database.stop();
    await clusterEnded(dataDir);
    rmSync(dataDir, { recursive: true, force: true });
  });

  const start = async (folder = dataDir): Promise<EmbeddedPostgres> => {
    const database = await startEmbeddedPostgres({ dataDir: folder, log: () => undefined });
    running.push(database);
    return database;
  };

  const stop = async (database: EmbeddedPostgres): Promise<void> => {
    running.splice(running.indexOf(database), 1);
    await database.stop();
  };

  /** A server process of its own, which can be killed. */
  const startServer = async (): Promise<{ url: string; server: ChildProcess }> => {
    const server = spawn(process.execPath, ['--import', 'tsx', SERVER.pathname, dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(server);
    for await (const line of createInterface({ input: server.stdout })) return { url: line, server };
    throw new Error('the server ended before it had a database');
  };

  it('makes a cluster on the first start and keeps its data for the next', async () => {
    const first = await start();
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await stop(first);

    const second = await start();

    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    expect(await query(second.url, 'SHOW fsync')).toEqual([{ fsync: 'on' }]);
    expect(statSync(join(dataDir, 'postgres.password')).mode & 0o777).toBe(0o600);
  });

  it('lets nobody in without the password', async () => {
    const { url } = await start();

    await expect(query(url.replace(/:[0-9a-f]+@/, ':guessed@'), 'SELECT 1')).rejects.toThrow(/password/);
  });

  it('ends when its server is killed, and the next start has what was committed', async () => {
    const { url, server } = await startServer();
    await query(url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const exit = once(server, 'exit');
    server.kill('SIGKILL');
    await exit;

    const next = await start(); // at once: the old one is still ending

    expect(await query(next.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  it('starts after the machine went down and its process id went to another program', async () => {
    const first = await start();
    await stop(first);
    // What a power cut leaves: the lock of a postmaster, whose id now belongs to this very process' parent.
    const stale = [process.ppid, join(dataDir, 'postgres'), 0, 5432, '', '127.0.0.1', '', 'ready'].join('\n');
    writeFileSync(join(dataDir, 'postgres', 'postmaster.pid'), stale);
    writeFileSync(join(dataDir, 'postgres.lock'), '999999 1\n');

    const second = await start();

    expect(await query(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('refuses a second server on the same data folder and leaves the first alone', async () => {
    const { url } = await startServer();

    await expect(start()).rejects.toThrow(/Another Chatr server \(process \d+\) already uses/);

    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('says so when the cluster is of another major version', async () => {
    await stop(await start());
    writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '14\n');

    await expect(start()).rejects.toThrow(/made by PostgreSQL 14, and this server brings PostgreSQL 18/);
  });

  it('says why when the cluster is damaged', async () => {
    await stop(await start());
    rmSync(join(dataDir, 'postgres', 'global', 'pg_control'));

    await expect(start()).rejects.toThrow(/does not start: .*pg_control/s);
  });

  it('says so when a folder that is no cluster is in the way', async () => {
    mkdirSync(join(dataDir, 'postgres'));
    writeFileSync(join(dataDir, 'postgres.password'), 'x');

    await expect(start()).rejects.toThrow(/is no PostgreSQL cluster/);
  });

  it('names a data folder that cannot be written', async () => {
    writeFileSync(join(dataDir, 'file'), '');

    await expect(start(join(dataDir, 'file', 'data'))).rejects.toThrow(
      /cannot be kept in .*file\/data: a part of this path/,
    );
  });

  it('starts again by itself when PostgreSQL is killed twice in a row under a running server, and says so', async () => {
    const said: string[] = [];
    const database = await startEmbeddedPostgres({ dataDir, log: () => undefined, error: (line) => said.push(line) });
    running.push(database);
    const cluster = join(dataDir, 'postgres');
    await query(database.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const first = readPostmasterFile(cluster)?.pid ?? 0;

    process.kill(first, 'SIGKILL');
    const second = await eventually(() => otherPostmaster(cluster, first));
    process.kill(second, 'SIGKILL');

    expect(await eventually(() => query(database.url, 'SELECT answer FROM kept'))).toEqual([{ answer: 42 }]);
    expect(said.length).toBeGreaterThanOrEqual(2);
    expect(said[0]).toMatch(/The embedded database ended \(SIGKILL\): a person killed it, or the system/);
  }, 40_000);

  it('goes on when its keeper is killed', async () => {
    const said: string[] = [];
    const database = await startEmbeddedPostgres({ dataDir, log: () => undefined, error: (line) => said.push(line) });
    running.push(database);
    const cluster = join(dataDir, 'postgres');
    await query(database.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const first = readPostmasterFile(cluster)?.pid ?? 0;

    process.kill(parentOf(first), 'SIGKILL');
    const second = await eventually(() => otherPostmaster(cluster, first));
    expect(await eventually(() => query(database.url, 'SELECT answer FROM kept'))).toEqual([{ answer: 42 }]);
    // The new keeper does what the first one did.
    process.kill(second, 'SIGKILL');
    await eventually(() => otherPostmaster(cluster, second));

    expect(await eventually(() => query(database.url, 'SELECT answer FROM kept'))).toEqual([{ answer: 42 }]);
    expect(said[0]).toMatch(/keeps the embedded database ended/);
  }, 40_000);

  it('runs as whoever started it, and as nobody when that was root', async () => {
    await start();
    const pid = readPostmasterFile(join(dataDir, 'postgres'))?.pid ?? 0;

    const uid = /^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    expect(Number(uid)).toBe(asRoot ? 65534 : process.getuid?.());
  });

  it('works in a data folder that others cannot reach; for root, the cluster lies elsewhere', async () => {
    const closed = join(dataDir, 'closed');
    mkdirSync(join(closed, 'data'), { recursive: true });
    chmodSync(closed, 0o700);

    const first = await start(join(closed, 'data'));
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await stop(first);
    const second = await start(join(closed, 'data'));

    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    const cluster = realpathSync(join(closed, 'data', 'postgres'));
    expect(await query(second.url, 'SHOW data_directory')).toEqual([{ data_directory: cluster }]);
    expect(cluster.startsWith('/var/lib/chatr/data-')).toBe(asRoot);
    await stop(second);
    if (asRoot) rmSync(dirname(cluster), { recursive: true });
  });
});

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined); // a database that ends breaks its connections
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** The id of the process that took the place of another. */
function otherPostmaster(cluster: string, before: number): Promise<number> {
  const pid = readPostmasterFile(cluster)?.pid;
  return pid === undefined || pid === before ? Promise.reject(new Error('not there yet')) : Promise.resolve(pid);
}

function parentOf(pid: number): number {
  return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(100);
    }
  }
}

async function clusterEnded(dataDir: string): Promise<void> {
  const file = join(dataDir, 'postgres', 'postmaster.pid');
  for (let waited = 0; existsSync(file) && waited < 15_000; waited += 50) await sleep(50);
}
