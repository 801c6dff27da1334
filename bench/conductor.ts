import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Job, Outcome } from './load/job.js';
import type { Measurement } from './load/measurement.js';
import type { Postgres } from './machine/postgres.js';
import { query } from './machine/postgres.js';
import { type Redis, startRedis } from './machine/redis.js';
import type { Scale } from './scenarios/scale.js';
import type { Scenario, Variant } from './scenarios/scenario.js';
import type { RunningTarget, Target } from './targets/target.js';

const LOAD = fileURLToPath(new URL('./load/process.ts', import.meta.url));
/** No run takes longer; one that does hangs. */
const RUN_MS = 15 * 60_000;

export interface RunRequest {
  scenario: Scenario;
  target: Target;
  variant?: Variant;
  scale: Scale;
  /** Counted from 1. */
  run: number;
}

/** Brings server and load together, once for each run, on a ground that is new each time. */
export class Conductor {
  private readonly loads = new Set<ChildProcess>();
  private databases = 0;

  constructor(
    private readonly postgres: Postgres,
    /** Where profiles and statements go, as the beginning of a file's path. */
    private readonly resultsAt: string,
    private readonly looks: { flame: boolean; statements: boolean },
  ) {
    process.once('exit', () => this.stop());
  }

  /** Ends what runs, whose run then fails; whoever waits for it cleans up. */
  stop(): void {
    for (const load of this.loads) load.kill('SIGKILL');
  }

  /** @throws Error with what the server or the load said, when one of them fails */
  async run(request: RunRequest): Promise<Measurement[]> {
    const { scenario, target, variant, scale } = request;
    const database = `bench_${++this.databases}`;
    const folder = mkdtempSync(join(tmpdir(), 'chatr-bench-target-'));
    const databaseUrl = await this.postgres.create(database);
    const redis = variant === undefined ? undefined : await startRedis();
    try {
      const ground = { postgres: this.postgres, databaseUrl, folder, ...sharing(redis, variant) };
      const running = await target.start(ground, scenario.plan(scale));
      try {
        return await this.measure(request, running);
      } finally {
        await running.stop();
        if (this.looks.statements) await this.writeStatements(request, databaseUrl);
      }
    } finally {
      await redis?.stop();
      await this.postgres.drop(database);
      rmSync(folder, { recursive: true, force: true });
    }
  }

  private async measure(request: RunRequest, running: RunningTarget): Promise<Measurement[]> {
    const { protocol, port, databaseUrl, world, pid, inspectPort } = running;
    const outcome = await this.load({
      scenario: request.scenario.name,
      target: request.target.name,
      address: { protocol, port, databaseUrl },
      world,
      scale: request.scale,
      pids: { server: pid, database: this.postgres.pid },
      inspectPort,
      profileTo: this.looks.flame ? this.fileOf(request) : undefined,
    });
    if ('failure' in outcome) throw new Error(outcome.failure);
    return outcome.measurements;
  }

  private load(job: Job): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, ['--import', 'tsx', LOAD], {
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      });
      this.loads.add(child);
      const timer = setTimeout(() => child.kill('SIGKILL'), RUN_MS);
      child.once('message', (outcome: Outcome) => resolve(outcome));
      child.once('error', reject);
      child.once('exit', (code, signal) => {
        clearTimeout(timer);
        this.loads.delete(child);
        reject(new Error(`the load ended without a result (${String(signal ?? code)})`));
      });
      child.send(job);
    });
  }

  private async writeStatements(request: RunRequest, databaseUrl: string): Promise<void> {
    const rows = await query(
      databaseUrl,
      `SELECT calls, round(total_exec_time::numeric, 1) AS ms, rows, shared_blks_hit, shared_blks_read, wal_bytes, query
       FROM pg_stat_statements WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
       ORDER BY total_exec_time DESC LIMIT 30`,
    );
    writeFileSync(`${this.fileOf(request)}statements.json`, JSON.stringify(rows, undefined, 2));
  }

  private fileOf({ scenario, target, variant, run }: RunRequest): string {
    mkdirSync(this.resultsAt, { recursive: true });
    const name = [scenario.name, target.name, variant?.label, String(run), ''].filter((part) => part !== undefined);
    return join(this.resultsAt, name.join('-').replaceAll(' ', '-'));
  }
}

function sharing(redis: Redis | undefined, variant: Variant | undefined): { redisUrl?: string; workers?: number } {
  if (redis === undefined || variant === undefined) return {};
  return { redisUrl: redis.url, workers: variant.workers };
}
