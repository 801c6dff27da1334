import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import getPort from 'get-port';
import { monotonicMs } from '../clock.js';
import { exchange } from './exchange.js';
import { Program } from './program.js';

const READY_MS = 20_000;
const POLL_MS = 50;

/** A Redis that keeps nothing: each start of it is an empty one, as after a failover. */
export class Redis {
  #process: Program | undefined;
  #upSince: number | undefined;

  private constructor(
    private readonly folder: string,
    private readonly log: string,
    private readonly port: number,
  ) {}

  static async start(folder: string, logs: string): Promise<Redis> {
    const redis = new Redis(folder, join(logs, 'redis.log'), await getPort());
    await redis.launch();
    return redis;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  get upSince(): number | undefined {
    return this.#upSince;
  }

  async crash(downMs: number): Promise<void> {
    this.#upSince = undefined;
    await this.#process?.end('SIGKILL');
    await sleep(downMs);
    await this.launch();
  }

  async stop(): Promise<void> {
    this.#upSince = undefined;
    await this.#process?.end('SIGTERM');
  }

  private async launch(): Promise<void> {
    const args = [
      '--port',
      String(this.port),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
      '--dir',
      this.folder,
    ];
    const { PATH } = process.env;
    const redis = new Program('redis-server', args, { cwd: this.folder, env: { PATH }, log: this.log });
    redis.child.once('error', () => undefined); // that it is not running tells
    this.#process = redis;
    const deadline = Date.now() + READY_MS;
    while (redis.running && Date.now() < deadline) {
      const answer = await exchange(this.port, 'PING\r\n').catch(() => '');
      if (answer.startsWith('+PONG')) {
        this.#upSince = monotonicMs();
        return;
      }
      await sleep(POLL_MS);
    }
    throw new Error(`Redis does not start; ${this.log} says why`);
  }
}
