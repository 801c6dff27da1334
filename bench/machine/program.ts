import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { TASKSET } from './cores.js';

const READY_MS = 60_000;
const STOP_MS = 15_000;
const POLL_MS = 50;
/** How much of its output is kept, to be shown when it fails. */
const KEPT_CHARACTERS = 8_000;

export interface ProgramOptions {
  core: number;
  /** Nothing but this and PATH: the settings of the person who runs the bench must not change what is measured. */
  env?: Record<string, string>;
  cwd?: string;
  uid?: number;
  gid?: number;
}

const living = new Set<ChildProcess>();
// Whatever happens to the bench, nothing that it started outlives it.
process.once('exit', () => {
  for (const child of living) child.kill('SIGKILL');
});

/** A program that was started on a core of its own choice. */
export class Program {
  private output = '';

  private constructor(
    private readonly name: string,
    private readonly child: ChildProcess,
  ) {
    living.add(child);
    child.once('exit', () => living.delete(child));
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output = (this.output + text).slice(-KEPT_CHARACTERS);
      });
    }
  }

  static start(name: string, command: string, args: readonly string[], options: ProgramOptions): Program {
    const { core, env, ...rest } = options;
    const child = spawn(TASKSET, ['-c', String(core), command, ...args], {
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...rest,
    });
    return new Program(name, child);
  }

  /** taskset has become the program by the time it is ready. */
  get pid(): number {
    return this.child.pid ?? 0;
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** What it printed last. */
  get lastWords(): string {
    return this.output.trim();
  }

  /** @throws Error with what it printed, when it ends or takes longer than a minute */
  async ready(isReady: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + READY_MS;
    while (!(await isReady())) {
      if (this.hasEnded || Date.now() > deadline) throw new Error(`${this.name} did not start:\n${this.output}`);
      await sleep(POLL_MS);
    }
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.hasEnded) return;
    const exit = once(this.child, 'exit');
    const impatience = setTimeout(() => this.child.kill('SIGKILL'), STOP_MS);
    this.child.kill(signal);
    await exit;
    clearTimeout(impatience);
  }
}

/** Whether something accepts connections there. */
export function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
