import { Injectable, Logger } from '@nestjs/common';
import { SessionsEnded } from '../auth/index.js';
import { MembershipsRepository } from '../chats/index.js';
import { DomainEvents } from '../platform/index.js';
import { PresenceChanged } from '../presence/index.js';
import { UserUpdated, UsersService } from '../users/index.js';
import { type ChatrServer, rooms } from './user-socket.js';

/** Tells who came and went, whose profile changed, and ends the sockets of sessions that are over. */
@Injectable()
export class PeopleBroadcaster {
  private readonly logger = new Logger(PeopleBroadcaster.name);

  constructor(
    private readonly events: DomainEvents,
    private readonly users: UsersService,
    private readonly memberships: MembershipsRepository,
  ) {}

  /** Begins to tell events to the sockets of this server. */
  attach(server: ChatrServer): void {
    this.events.on(PresenceChanged, ({ presence, chatIds }) => {
      server.to([rooms.user(presence.userId), ...chatIds.map(rooms.chat)]).emit('user:status', presence);
    });
    this.events.on(UserUpdated, ({ userId }) => {
      this.tellProfile(server, userId).catch((error: unknown) => {
        this.logger.warn({ err: error, userId }, 'a changed profile was not told');
      });
    });
    this.events.on(SessionsEnded, ({ sessionIds, reason }) => {
      if (sessionIds.length === 0) return;
      const sockets = server.in(sessionIds.map(rooms.session));
      sockets.emit('session:ended', { reason });
      sockets.disconnectSockets(true);
    });
  }

  /** To those who share a direct chat or a small group with them, and their own devices; others see it at their next fetch. */
  private async tellProfile(server: ChatrServer, userId: string): Promise<void> {
    const [people, chatIds] = await Promise.all([
      this.users.byIds([userId]),
      this.memberships.chatsSharingPresence(userId),
    ]);
    const profile = people.get(userId);
    if (profile === undefined) return;
    server.to([rooms.user(userId), ...chatIds.map(rooms.chat)]).emit('user:updated', profile);
  }
}
