import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';

export interface ProgramOptions {
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** What it prints goes to the end of this file. */
  log: string;
  uid?: number | undefined;
  gid?: number | undefined;
  /** With a channel for messages. */
  ipc?: boolean;
}

let watchdog: ChildProcess | undefined;

/** The watchdog learns what must not outlive this process. */
function tellWatchdog(line: string): void {
  if (watchdog === undefined) {
    watchdog = spawn(process.execPath, [join(import.meta.dirname, 'watchdog.ts')], {
      stdio: ['pipe', 'ignore', 'inherit'],
      detached: true,
    });
    watchdog.unref();
  }
  watchdog.stdin?.write(`${line}\n`);
}

/** The folder goes when this process does, if it was not deleted before. */
export function deleteAtEnd(folder: string): void {
  tellWatchdog(`=${folder}`);
}

/** Tells the watchdog that nothing is left to watch. */
export function dismissWatchdog(): void {
  watchdog?.stdin?.end();
  watchdog = undefined;
}

/** A program that runs in a process group of its own, so that it ends with all that it has started. */
export class Program {
  readonly child: ChildProcess;
  readonly #ended: Promise<void>;

  constructor(command: string, args: readonly string[], { cwd, env, log, uid, gid, ipc = false }: ProgramOptions) {
    const output = openSync(log, 'a');
    this.child = spawn(command, args, {
      cwd,
      env,
      uid,
      gid,
      detached: true,
      stdio: ipc ? ['ignore', output, output, 'ipc'] : ['ignore', output, output],
    });
    closeSync(output);
    const { pid } = this.child;
    if (pid !== undefined) tellWatchdog(`+${pid}`);
    this.#ended = once(this.child, 'exit').then(
      () => this.forget(),
      () => undefined, // it could not be started at all
    );
  }

  get running(): boolean {
    return this.child.pid !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Resolves when it has ended, whoever ended it. */
  get ended(): Promise<void> {
    return this.#ended;
  }

  /** Goes to the program and all it started. */
  signal(name: NodeJS.Signals): void {
    const { pid } = this.child;
    if (pid === undefined || !this.running) return;
    try {
      process.kill(-pid, name);
    } catch {
      // It ended in between.
    }
  }

  /** Ends it by a signal, and by SIGKILL when that takes longer than `patienceMs`. @returns whether the signal was enough */
  async end(name: NodeJS.Signals, patienceMs = 20_000): Promise<boolean> {
    if (!this.running) return true;
    let patient = true;
    const impatience = setTimeout(() => {
      patient = false;
      this.signal('SIGKILL');
    }, patienceMs);
    this.signal(name);
    await this.#ended;
    clearTimeout(impatience);
    return patient;
  }

  private forget(): void {
    if (this.child.pid !== undefined) tellWatchdog(`-${this.child.pid}`);
  }
}
