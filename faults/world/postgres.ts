import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import getPort from 'get-port';
import pg from 'pg';
import { postgresAccount } from '../../apps/api/src/platform/database/embedded/account.js';
import { findBinaries } from '../../apps/api/src/platform/database/embedded/binaries.js';
import { postgresEnvironment, prepareCluster, ROLE } from '../../apps/api/src/platform/database/embedded/cluster.js';
import { monotonicMs } from '../clock.js';
import { Program } from './program.js';

const DATABASE = 'chatr';
const READY_MS = 60_000;
const POLL_MS = 50;

interface Place {
  program: string;
  cluster: string;
  port: number;
  password: string;
  log: string;
}

/** A PostgreSQL that can be killed as a failing machine kills it; its data and its promises to the disk are real. */
export class Postgres {
  #process: Program | undefined;
  #upSince: number | undefined;

  private constructor(private readonly place: Place) {}

  /** Makes a cluster below `folder` and starts it. */
  static async start(folder: string, logs: string): Promise<Postgres> {
    const account = postgresAccount();
    const binaries = findBinaries(account);
    const { folder: cluster, password } = prepareCluster(folder, binaries, account, () => undefined);
    const log = join(logs, 'postgres.log');
    const postgres = new Postgres({ program: binaries.postgres, cluster, port: await getPort(), password, log });
    await postgres.launch('postgres');
    await postgres.ask('postgres', `CREATE DATABASE ${DATABASE}`);
    return postgres;
  }

  get url(): string {
    return this.urlOf(DATABASE);
  }

  /** Since when it has answered without a break; undefined while it does not. */
  get upSince(): number | undefined {
    return this.#upSince;
  }

  /** Ends it without a checkpoint, and starts it again after a pause. */
  async crash(how: 'immediate' | 'kill', downMs: number): Promise<void> {
    this.#upSince = undefined;
    await this.#process?.end(how === 'kill' ? 'SIGKILL' : 'SIGQUIT');
    await sleep(downMs);
    await this.launch(DATABASE);
  }

  async stop(): Promise<void> {
    this.#upSince = undefined;
    await this.#process?.end('SIGINT');
  }

  /** Until it answers. The processes of one that was killed end by and by, and it does not start before they have. */
  private async launch(database: string): Promise<void> {
    const deadline = Date.now() + READY_MS;
    while (Date.now() < deadline) {
      if (this.#process?.running !== true) this.#process = this.spawn();
      if (await this.answers(database)) {
        this.#upSince = monotonicMs();
        return;
      }
      await sleep(POLL_MS);
    }
    throw new Error(`PostgreSQL does not start; ${this.place.log} says why`);
  }

  private spawn(): Program {
    const settings = {
      port: String(this.place.port),
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      max_connections: '200',
      log_timezone: 'UTC',
      timezone: 'UTC',
    };
    const args = [
      '-D',
      this.place.cluster,
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ];
    const { uid, gid } = postgresAccount() ?? {};
    return new Program(this.place.program, args, {
      cwd: this.place.cluster,
      env: postgresEnvironment(),
      log: this.place.log,
      uid,
      gid,
    });
  }

  private async answers(database: string): Promise<boolean> {
    try {
      await this.ask(database, 'SELECT 1');
      return true;
    } catch {
      return false;
    }
  }

  private async ask(database: string, statement: string): Promise<void> {
    const client = new pg.Client({ connectionString: this.urlOf(database), connectionTimeoutMillis: 2_000 });
    client.on('error', () => undefined); // the statement tells
    try {
      await client.connect();
      await client.query(statement);
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  private urlOf(database: string): string {
    return `postgres://${ROLE}:${this.place.password}@127.0.0.1:${this.place.port}/${database}`;
  }
}
