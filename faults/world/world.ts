import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import getPort from 'get-port';
import type { Random } from '../schedule/random.js';
import { Balancer, type Door } from './balancer.js';
import { isReady, Node } from './node.js';
import { Postgres } from './postgres.js';
import { deleteAtEnd, dismissWatchdog } from './program.js';
import { Redis } from './redis.js';

const POLL_MS = 250;
/** Short, so that every client renews its own many times. */
const ACCESS_TOKEN_SECONDS = '45';

export interface WorldOptions {
  nodes: number;
  workers: number;
  redis: boolean;
  doors: number;
  /** Where the programs' output goes. */
  logs: string;
  random: Random;
  misbehaved: (node: number, how: string) => void;
}

/** Everything that a real installation consists of, on this machine. */
export class World {
  private constructor(
    private readonly folder: string,
    readonly postgres: Postgres,
    readonly redis: Redis | undefined,
    readonly nodes: readonly Node[],
    readonly balancer: Balancer,
  ) {}

  static async start(options: WorldOptions): Promise<World> {
    const { logs, random } = options;
    mkdirSync(logs, { recursive: true });
    const folder = mkdtempSync(join(tmpdir(), 'chatr-faults-'));
    deleteAtEnd(folder);
    const postgres = await Postgres.start(folder, logs);
    const redis = options.redis ? await Redis.start(folder, logs) : undefined;
    const env = environment(postgres, redis, options);
    const nodes: Node[] = [];
    for (let index = 0; index < options.nodes; index++) {
      const dataDir = join(folder, `node-${index}`);
      mkdirSync(dataDir);
      const { misbehaved } = options;
      nodes.push(new Node({ index, port: await getPort(), env: { ...env, DATA_DIR: dataDir }, logs, misbehaved }));
    }
    const balancer = new Balancer(nodes, random);
    const world = new World(folder, postgres, redis, nodes, balancer);
    try {
      await Promise.all(nodes.map((node) => node.start()));
      for (let door = 0; door < options.doors; door++) await balancer.openDoor();
      return world;
    } catch (error) {
      await world.end();
      throw error;
    }
  }

  get doors(): readonly Door[] {
    return this.balancer.doors;
  }

  /** Whether every part works and says so. */
  async isWell(): Promise<boolean> {
    if (this.postgres.upSince === undefined) return false;
    if (this.redis !== undefined && this.redis.upSince === undefined) return false;
    const ready = await Promise.all(this.nodes.map((node) => (node.busy ? Promise.resolve(false) : isReady(node))));
    return ready.every(Boolean);
  }

  /** @returns whether it came about in time */
  async becomesWell(patienceMs: number): Promise<boolean> {
    const deadline = Date.now() + patienceMs;
    while (Date.now() < deadline) {
      if (await this.isWell()) return true;
      await sleep(POLL_MS);
    }
    return false;
  }

  async end(): Promise<void> {
    await this.balancer.close();
    await Promise.all(this.nodes.map((node) => node.stop()));
    await Promise.all([this.postgres.stop(), this.redis?.stop()]);
    rmSync(this.folder, { recursive: true, force: true });
    dismissWatchdog();
  }
}

function environment(postgres: Postgres, redis: Redis | undefined, { workers }: WorldOptions): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return {
    PATH,
    HOME,
    TMPDIR,
    DATABASE_URL: postgres.url,
    ...(redis === undefined ? {} : { REDIS_URL: redis.url }),
    WORKERS: String(workers),
    JWT_SECRET: randomBytes(32).toString('hex'),
    ENCRYPTION_KEY: randomBytes(32).toString('hex'),
    ACCESS_TOKEN_SECONDS,
    // What is looked for is not what the limits are for.
    RATE_LIMITS: 'off',
    PASSWORD_ROUNDS: '10',
    LOG_FORMAT: 'json',
  };
}
