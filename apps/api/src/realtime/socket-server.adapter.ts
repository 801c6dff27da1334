import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { Server, ServerOptions } from 'socket.io';
import { LIMITS } from '@chatr/contracts';
import type { Config } from '../platform/index.js';

/** A client that does not answer for 45 s is gone; load balancers end quiet connections only after more than that. */
const PING_INTERVAL_MS = 25_000;
const PING_TIMEOUT_MS = 20_000;

/** Socket.IO on the server's own port, with bounds on what a client may send. */
export class SocketServerAdapter extends IoAdapter {
  constructor(
    app: INestApplicationContext,
    private readonly config: Config,
  ) {
    super(app);
  }

  override createIOServer(port: number, options?: ServerOptions): Server {
    return super.createIOServer(port, {
      ...options,
      cors: { origin: this.config.publicUrl, credentials: true },
      maxHttpBufferSize: LIMITS.socketEventBytes,
      pingInterval: PING_INTERVAL_MS,
      pingTimeout: PING_TIMEOUT_MS,
      serveClient: false,
    } as ServerOptions);
  }
}
