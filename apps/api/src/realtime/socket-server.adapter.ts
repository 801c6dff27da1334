import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { type INestApplicationContext, Logger } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { Server, ServerOptions } from 'socket.io';
import { LIMITS } from '@chatr/contracts';
import type { Config, RedisConnections } from '../platform/index.js';
import { gatherWrites } from './connection-writes.js';
import { EventBudget } from './event-budget.js';
import { dispatchEvents, type EventHandler } from './event-dispatch.js';
import { boundPolling } from './polling-backlog.js';
import { redisAdapter } from './redis-adapter.js';
import type { UserSocket } from './user-socket.js';
import { wireParser } from './wire-json.js';

/** A client that does not answer for 45 s is gone; load balancers end quiet connections only after more than that. */
const PING_INTERVAL_MS = 25_000;
const PING_TIMEOUT_MS = 20_000;

export interface SocketServerOptions {
  config: Config;
  redis: RedisConnections | undefined;
  /** Makes the ids of connections, where they have to tell something. */
  newConnectionId?: () => string;
}

/** Socket.IO on the server's own port, with bounds on what a client may send. */
export class SocketServerAdapter extends IoAdapter {
  private readonly socketLogger = new Logger('Socket');

  constructor(
    app: INestApplicationContext,
    private readonly options: SocketServerOptions,
  ) {
    super(app);
  }

  override createIOServer(port: number, options?: ServerOptions): Server {
    const { config, redis, newConnectionId } = this.options;
    const server: Server = super.createIOServer(port, {
      ...options,
      cors: { origin: config.publicUrl, credentials: true },
      maxHttpBufferSize: LIMITS.socketEventBytes,
      pingInterval: PING_INTERVAL_MS,
      pingTimeout: PING_TIMEOUT_MS,
      serveClient: false,
      parser: wireParser,
    } as ServerOptions);
    // Before Socket.IO writes to it.
    (this.httpServer as HttpServer).prependListener('upgrade', ({ socket }: IncomingMessage) => {
      gatherWrites(socket, () => this.noteSlowClient());
    });
    if (newConnectionId !== undefined) server.engine.generateId = newConnectionId;
    if (redis !== undefined) server.adapter(redisAdapter(redis));
    return server;
  }

  override bindMessageHandlers(socket: UserSocket, handlers: EventHandler[]): void {
    boundPolling(socket.conn, () => this.noteSlowClient());
    dispatchEvents(socket, handlers, this.options.config.rateLimits ? new EventBudget(socket) : undefined);
  }

  private noteSlowClient(): void {
    this.socketLogger.warn('a connection is ended, its client reads too slowly');
  }
}
