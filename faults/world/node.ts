import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { monotonicMs } from '../clock.js';
import { Program } from './program.js';

const ROOT = join(import.meta.dirname, '../..');
const MAIN = join(ROOT, 'apps/api/dist/main.js');
const READY_MS = 60_000;
const POLL_MS = 100;
/** After an end that nobody asked for, as a supervisor waits. */
const RESTART_MS = 500;

export interface NodeOptions {
  index: number;
  port: number;
  env: NodeJS.ProcessEnv;
  logs: string;
  /** It did what no node may: it ended without being told to after it had been ready, or did not end when told to. */
  misbehaved: (index: number, how: string) => void;
}

/** One server, and its supervisor: whatever ends it, it is started again while it is wanted. */
export class Node {
  readonly index: number;
  readonly port: number;
  #process: Program | undefined;
  #wanted = false;
  /** Faults of one node come one after the other; while one is under way, no other begins. */
  #busy = false;
  #readySince: number | undefined;
  #wasReady = false;

  constructor(private readonly options: NodeOptions) {
    this.index = options.index;
    this.port = options.port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** Since when it has run without a break or a pause; undefined while it does not. It may run and not be ready, for want of its database. */
  get runningSince(): number | undefined {
    return this.#readySince;
  }

  /** Starts it and returns when it is ready. */
  async start(): Promise<void> {
    this.#wanted = true;
    this.launch();
    await this.becomesReady();
  }

  /** Ends it at once; it is started again after `downMs`. */
  kill(downMs: number): Promise<void> {
    return this.during(async () => {
      await this.end('SIGKILL');
      await sleep(downMs);
      await this.start();
    });
  }

  pause(forMs: number): Promise<void> {
    return this.during(async () => {
      this.#readySince = undefined;
      this.#process?.signal('SIGSTOP');
      await sleep(forMs);
      this.#process?.signal('SIGCONT');
      this.#readySince = monotonicMs();
    });
  }

  /** Ends it as a deployment does, and starts it again. */
  restart(): Promise<void> {
    return this.during(async () => {
      await this.end('SIGTERM');
      await this.start();
    });
  }

  /** Ends it for good. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    await this.end(signal);
  }

  private async during(work: () => Promise<void>): Promise<void> {
    this.#busy = true;
    try {
      await work();
    } finally {
      this.#busy = false;
    }
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    this.#wanted = false;
    this.#readySince = undefined;
    const inTime = (await this.#process?.end(signal)) ?? true;
    if (!inTime) this.options.misbehaved(this.index, `it did not end within 20 s of ${signal}`);
  }

  private launch(): void {
    const { index, port, env, logs } = this.options;
    const program = new Program(process.execPath, ['--enable-source-maps', MAIN], {
      cwd: ROOT,
      env: { ...env, PORT: String(port) },
      log: join(logs, `node-${index}.log`),
    });
    this.#process = program;
    this.#wasReady = false;
    void program.ended.then(async () => {
      if (this.isOver(program)) return;
      this.#readySince = undefined;
      if (this.#wasReady)
        this.options.misbehaved(
          index,
          `it ended by itself: ${String(program.child.exitCode ?? program.child.signalCode)}`,
        );
      await sleep(RESTART_MS);
      if (this.isOver(program)) return;
      this.launch();
      await this.becomesReady().catch(() => undefined); // whoever waits for all to be well sees it
    });
  }

  /** It was told to end, or another has taken its place. */
  private isOver(program: Program): boolean {
    return !this.#wanted || this.#process !== program;
  }

  private async becomesReady(): Promise<void> {
    const deadline = Date.now() + READY_MS;
    while (Date.now() < deadline && this.#wanted) {
      if (await isReady(this)) {
        this.#wasReady = true;
        this.#readySince = monotonicMs();
        return;
      }
      await sleep(POLL_MS);
    }
    if (this.#wanted) throw new Error(`node ${this.index} is not ready after a minute; its log says why`);
  }
}

/** Whether it says that it can serve, within a second. */
export async function isReady({ url }: { url: string }): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/api/health/ready`, { signal: AbortSignal.timeout(1_000) });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}
