import { Injectable, Logger } from '@nestjs/common';
import { SessionRevocations, SessionsEnded } from '../auth/index.js';
import { DomainEvents, NodeLink } from '../platform/index.js';
import { type ChatrServer, rooms } from './user-socket.js';

/** While the other nodes cannot be heard, the database is asked this often which sessions are over. */
const LOOK_AGAIN_MS = 10_000;

/** Ends the sockets of sessions that are over, wherever they were ended. */
@Injectable()
export class EndedSessions {
  private readonly logger = new Logger(EndedSessions.name);
  private server: ChatrServer;
  private nextLook: NodeJS.Timeout | undefined;
  private lookedAt = -LOOK_AGAIN_MS;

  constructor(
    private readonly events: DomainEvents,
    private readonly link: NodeLink,
    private readonly revocations: SessionRevocations,
  ) {}

  /** Begins to watch over the sockets of this server. */
  attach(server: ChatrServer): void {
    this.server = server;
    this.events.on(SessionsEnded, ({ sessionIds, reason }) => {
      if (sessionIds.length === 0) return;
      // Every node hears of it and ends its own.
      const sockets = server.local.in(sessionIds.map(rooms.session));
      sockets.emit('session:ended', { reason });
      sockets.disconnectSockets(true);
    });
    this.link.onGap(() => this.lookSoon());
  }

  private lookSoon(): void {
    const wait = Math.max(0, this.lookedAt + LOOK_AGAIN_MS - performance.now());
    this.nextLook ??= setTimeout(() => void this.look(), wait).unref();
  }

  private async look(): Promise<void> {
    this.lookedAt = performance.now();
    this.nextLook = undefined;
    const sessionIds = [...this.server.of('/').adapter.rooms.keys()].flatMap((room) => rooms.sessionOf(room) ?? []);
    try {
      await this.revocations.lookAgain(sessionIds);
    } catch (error) {
      this.logger.warn({ err: error }, 'whether sessions were ended elsewhere could not be looked up yet');
      this.lookSoon();
    }
  }
}
