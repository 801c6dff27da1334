import { Injectable, Logger } from '@nestjs/common';
import { MembershipsRepository } from '../chats/index.js';
import { DomainEvents } from '../platform/index.js';
import { PresenceChanged } from '../presence/index.js';
import {
  BlocksRepository,
  ContactChanged,
  toDeletedUser,
  UserDeleted,
  UserUpdated,
  UsersService,
  withoutProfile,
} from '../users/index.js';
import { EndedSessions } from './ended-sessions.js';
import { PresenceRefresh } from './presence-refresh.js';
import { type ChatrServer, rooms } from './user-socket.js';

/** Tells who came and went, and whose profile changed. */
@Injectable()
export class PeopleBroadcaster {
  private readonly logger = new Logger(PeopleBroadcaster.name);

  constructor(
    private readonly events: DomainEvents,
    private readonly users: UsersService,
    private readonly memberships: MembershipsRepository,
    private readonly blocks: BlocksRepository,
    private readonly ended: EndedSessions,
    private readonly refresh: PresenceRefresh,
  ) {}

  /** Begins to tell events, to the sockets of every server. */
  attach(server: ChatrServer): void {
    this.ended.attach(server);
    this.refresh.attach(server);
    this.events.on(PresenceChanged, ({ presence, audience: { chatIds, userIds } }) => {
      server.to([...userIds.map(rooms.user), ...chatIds.map(rooms.chat)]).emit('user:status', presence);
    });
    this.events.on(ContactChanged, ({ userId, contactId, isContact }) => {
      server.to(rooms.user(userId)).emit('contact:updated', { userId: contactId, isContact });
    });
    this.events.on(UserDeleted, ({ userId, chatIds }) => {
      server.to(chatIds.map(rooms.chat)).emit('user:updated', toDeletedUser(userId));
    });
    this.events.on(UserUpdated, ({ userId }) => {
      this.tellProfile(server, userId).catch((error: unknown) => {
        this.logger.warn({ err: error, userId }, 'a changed profile was not told');
      });
    });
  }

  /** To those who share a direct chat or a small group with them, and their own devices; others see it at their next fetch. */
  private async tellProfile(server: ChatrServer, userId: string): Promise<void> {
    const [people, chatIds, blocked] = await Promise.all([
      this.users.byIds([userId]),
      this.memberships.smallChats(userId),
      this.blocks.blockedBy(userId),
    ]);
    const profile = people.get(userId);
    if (profile === undefined) return;
    server
      .to([rooms.user(userId), ...chatIds.map(rooms.chat)])
      .except(blocked.map(rooms.user))
      .emit('user:updated', profile);
    // Whom they blocked know the name from the chats they share, and no more.
    const knowing = await this.memberships.sharingChat(userId, blocked);
    if (knowing.length > 0) server.to(knowing.map(rooms.user)).emit('user:updated', withoutProfile(profile));
  }
}
