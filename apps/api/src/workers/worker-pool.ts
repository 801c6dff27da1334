import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { placeToEnvironment } from './worker-place.js';

/** What a worker says when it serves. */
export const READY = 'ready';

const FIRST_DELAY_MS = 100;
const MAX_DELAY_MS = 10_000;
/** A worker that served for so long did not die of how it was started. */
const STEADY_MS = 30_000;

/** A worker ended before it served; it has said why itself. */
export class WorkerFailedError extends Error {
  constructor() {
    super('A worker could not start: see above.');
    this.name = 'WorkerFailedError';
  }
}

export interface WorkerPoolOptions {
  count: number;
  /** Settings of the workers, beside the primary's own. */
  environment: NodeJS.ProcessEnv;
  log: Logger;
}

/** The processes that serve one port of this machine. The primary hands connections to them in turn, and replaces those that die. */
export class WorkerPool {
  private readonly folder = mkdtempSync(join(tmpdir(), 'chatr-workers-'));
  private readonly workers = new Map<number, Worker>();
  private readonly delays = new Map<number, number>();
  private state: 'starting' | 'serving' | 'stopping' = 'starting';

  constructor(private readonly options: WorkerPoolOptions) {
    cluster.schedulingPolicy = cluster.SCHED_RR;
    cluster.setupPrimary({ args: [], execArgv: withoutImports(process.execArgv) });
  }

  /** Starts the workers and waits until all of them serve. @throws WorkerFailedError when one does not */
  async start(): Promise<void> {
    try {
      // The first one alone: what is wrong with all of them is said once.
      await this.ready(this.fork(1));
      const others = Array.from({ length: this.options.count - 1 }, (_, index) => this.ready(this.fork(index + 2)));
      await Promise.all(others);
      this.state = 'serving';
    } catch (error) {
      this.kill();
      await this.stop();
      throw error;
    }
  }

  /** Tells all workers to stop, and waits until they have. */
  async stop(): Promise<void> {
    this.state = 'stopping';
    const workers = [...this.workers.values()];
    const ends = workers.map((worker) => once(worker, 'exit'));
    for (const worker of workers) worker.process.kill('SIGTERM');
    await Promise.all(ends);
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Ends what has not ended by itself. */
  kill(): void {
    this.state = 'stopping';
    for (const worker of this.workers.values()) worker.process.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }

  private fork(slot: number): Worker {
    const { count, environment } = this.options;
    const place = placeToEnvironment({ slot, count, folder: this.folder });
    const worker = cluster.fork({ ...environment, ...place });
    const startedAt = performance.now();
    this.workers.set(slot, worker);
    worker.once('exit', (code: number | null, signal: string | null) => {
      this.workers.delete(slot);
      if (this.state === 'serving') this.replace(slot, { code, signal, livedMs: performance.now() - startedAt });
    });
    return worker;
  }

  private replace(
    slot: number,
    { livedMs, ...end }: { code: number | null; signal: string | null; livedMs: number },
  ): void {
    const delay = livedMs > STEADY_MS ? FIRST_DELAY_MS : (this.delays.get(slot) ?? FIRST_DELAY_MS);
    this.delays.set(slot, Math.min(delay * 2, MAX_DELAY_MS));
    this.options.log.error({ worker: slot, ...end }, `a worker died and is replaced in ${delay} ms`);
    setTimeout(() => {
      if (this.state === 'serving') this.fork(slot);
    }, delay);
  }

  private ready(worker: Worker): Promise<void> {
    return new Promise((resolve, reject) => {
      worker.on('message', (message: unknown) => {
        if (message === READY) resolve();
      });
      worker.once('exit', () => reject(new WorkerFailedError()));
    });
  }
}

/** What the launcher loads before the primary is not for its workers: they end with the primary. */
function withoutImports(options: readonly string[]): string[] {
  return options.filter((option, index) => option !== '--import' && options[index - 1] !== '--import');
}
