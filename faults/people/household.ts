import { join } from 'node:path';
import { Program } from '../world/program.js';
import type { Demand, FromHousehold, Observation, Reply, ToHousehold } from './protocol.js';

const PROGRAM = join(import.meta.dirname, 'household-process.ts');
const ROOT = join(import.meta.dirname, '../..');

interface Waiting {
  resolve: (reply: Reply) => void;
  reject: (error: Error) => void;
}

/** A process with clients in it, as the run sees it. */
export class Household {
  readonly #program: Program;
  readonly #waiting = new Map<number, Waiting>();
  #count = 0;

  constructor(log: string, observe: (observations: readonly Observation[]) => void) {
    const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], TMPDIR: process.env['TMPDIR'] };
    this.#program = new Program(process.execPath, ['--import', 'tsx', PROGRAM], { cwd: ROOT, env, log, ipc: true });
    this.#program.child.on('message', (message: FromHousehold) => {
      if ('observations' in message) observe(message.observations);
      else this.answered(message);
    });
    void this.#program.ended.then(() => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`a household ended; ${log} says why`));
      this.#waiting.clear();
    });
  }

  /** @throws Error when the household ends, or cannot do it */
  ask(demand: Demand): Promise<Reply> {
    if (!this.#program.running) return Promise.reject(new Error('the household has ended'));
    const number = (this.#count += 1);
    const message: ToHousehold = { number, demand };
    this.#program.child.send(message);
    return new Promise((resolve, reject) => this.#waiting.set(number, { resolve, reject }));
  }

  async end(): Promise<void> {
    await this.ask({ do: 'end' }).catch(() => undefined);
    await this.#program.end('SIGTERM', 3_000);
  }

  private answered(message: Exclude<FromHousehold, { observations: Observation[] }>): void {
    const waiting = this.#waiting.get(message.answers);
    this.#waiting.delete(message.answers);
    if ('reply' in message) waiting?.resolve(message.reply);
    else waiting?.reject(new Error(message.failed));
  }
}
