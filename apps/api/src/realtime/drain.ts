import { Injectable, Logger } from '@nestjs/common';
import { Config, Readiness } from '../platform/index.js';
import type { ChatrServer } from './user-socket.js';

const LOOK_EVERY_MS = 50;

/** Lets the clients of a server that is told to stop move on before it does. */
@Injectable()
export class Drain {
  private readonly logger = new Logger(Drain.name);
  private server: ChatrServer | undefined;

  constructor(
    private readonly config: Config,
    private readonly readiness: Readiness,
  ) {}

  attach(server: ChatrServer): void {
    this.server = server;
  }

  /**
   * Takes no new connections, asks the present ones to move within `Config.drainMs`, each at a random moment of it, and ends
   * those that are still there afterwards.
   */
  async run(): Promise<void> {
    this.readiness.draining = true;
    const server = this.server;
    if (server === undefined || server.sockets.sockets.size === 0) return;
    const { drainMs } = this.config;
    this.logger.log(`${server.sockets.sockets.size} connections are asked to move within ${drainMs} ms`);
    // To those connected here: the other nodes go on.
    server.local.emit('server:draining', { reconnectWithinMs: drainMs });
    const deadline = performance.now() + drainMs;
    while (server.sockets.sockets.size > 0 && performance.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
    server.local.disconnectSockets(true);
  }
}
