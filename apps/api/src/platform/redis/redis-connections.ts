import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Cluster } from 'ioredis';
import type { RedisSettings } from '../config/redis-settings.js';
import { commandClient, type RedisClient, subscriberClient } from './redis-clients.js';

/** How long a start waits for Redis. Then it goes on: Redis only speeds. */
const START_PATIENCE_MS = 3_000;
const LOOK_EVERY_MS = 1_000;
/** A Redis that takes commands and answers none of so many is as good as away: its connection is given up. */
const UNANSWERED = 3;

/**
 * This process' connections to Redis. Neither of them ever ends the process: what cannot be reached is tried again for as long
 * as the process lives, and the log says once that Redis went, and once that it is back.
 */
export class RedisConnections implements OnApplicationShutdown {
  /** What every key and channel begins with. */
  readonly prefix: string;
  /** For commands and publishing; they fail at once while Redis is away. */
  readonly commands: RedisClient;
  readonly subscriber: RedisClient;
  /**
   * When a connection to Redis, or to a node of its cluster, broke last, in milliseconds of `performance.now()`: since then it may
   * have lost some of what it held, by a restart or a failover.
   */
  brokenAt = -Infinity;

  private readonly logger = new Logger('Redis');
  private readonly watch: NodeJS.Timeout;
  private unanswered = 0;
  private away = false;
  private ending = false;

  constructor(settings: RedisSettings) {
    this.prefix = settings.prefix;
    this.commands = commandClient(settings);
    this.subscriber = subscriberClient(settings);
    let reason = 'it does not answer';
    for (const client of [this.commands, this.subscriber]) {
      // Each attempt fails with one; without a listener it would end the process.
      client.on('error', (error: Error) => (reason = error.message === '' ? error.name : error.message));
    }
    for (const sign of ['close', 'node error', '-node']) {
      this.commands.on(sign, () => (this.brokenAt = performance.now()));
    }
    this.commands.on('close', () => this.went(reason));
    this.commands.on('ready', () => this.came());
    // The adapter of every namespace, the link, and whoever else listens.
    this.commands.setMaxListeners(0);
    this.subscriber.setMaxListeners(0);
    this.watch = setInterval(() => void this.look(), LOOK_EVERY_MS).unref();
  }

  /** Whether a command would be sent now. */
  get ready(): boolean {
    return this.commands.status === 'ready';
  }

  /** Where to publish. In a cluster any node would do; always the same one keeps what is published in its order. */
  get publisher(): Pick<RedisClient, 'publish'> {
    if (!(this.commands instanceof Cluster)) return this.commands;
    const node = this.commands.nodes('master').find(({ status }) => status === 'ready');
    return node ?? this.commands;
  }

  /** Waits until Redis is there, but not for long. */
  async settle(): Promise<void> {
    const connected = [this.commands, this.subscriber].map((client) => becomesReady(client));
    let timer: NodeJS.Timeout | undefined;
    const impatience = new Promise<void>((resolve) => (timer = setTimeout(resolve, START_PATIENCE_MS)));
    await Promise.race([Promise.all(connected), impatience]);
    clearTimeout(timer);
    if (!this.ready) this.went('it does not answer');
  }

  onApplicationShutdown(): void {
    this.close();
  }

  close(): void {
    this.ending = true;
    clearInterval(this.watch);
    for (const client of [this.commands, this.subscriber]) client.disconnect();
  }

  private async look(): Promise<void> {
    if (!this.ready) return;
    try {
      await this.commands.ping();
      this.unanswered = 0;
    } catch {
      this.unanswered += 1;
      if (this.unanswered < UNANSWERED || this.ending) return;
      this.unanswered = 0;
      this.commands.disconnect(true);
    }
  }

  private went(reason: string): void {
    if (this.away || this.ending) return;
    this.away = true;
    this.logger.warn({ reason }, 'Redis is away: until it is back, this process tells only what it knows itself');
  }

  private came(): void {
    if (this.away) this.logger.log('Redis is back');
    this.away = false;
  }
}

function becomesReady(client: RedisClient): Promise<void> {
  if (client.status === 'ready') return Promise.resolve();
  return new Promise((resolve) => client.once('ready', () => resolve()));
}
