import { Injectable, Logger } from '@nestjs/common';
import { MembershipsRepository, RequestDeclined, StandingChanged } from '../chats/index.js';
import { DomainEvents, NodeLink } from '../platform/index.js';
import { PresenceService } from '../presence/index.js';
import { UsersService } from '../users/index.js';
import { ChatBroadcaster } from './chat-broadcaster.js';
import { type ChatrServer, rooms } from './user-socket.js';

const DECLINED_TOPIC = 'declined-requests';

/** Tells what follows for two people when one lets the other in, or shuts them out: who is there, and what is known of them. */
@Injectable()
export class StandingBroadcaster {
  private readonly logger = new Logger(StandingBroadcaster.name);

  constructor(
    private readonly events: DomainEvents,
    private readonly link: NodeLink,
    private readonly chats: ChatBroadcaster,
    private readonly presence: PresenceService,
    private readonly users: UsersService,
    private readonly memberships: MembershipsRepository,
  ) {}

  attach(server: ChatrServer): void {
    // Every node takes its own sockets out of the room.
    this.events.on(RequestDeclined, (declined) => {
      this.letOut(declined);
      this.link.publish(DECLINED_TOPIC, () => JSON.stringify(declined));
    });
    this.link.subscribe(DECLINED_TOPIC, (text) => this.letOut(JSON.parse(text) as RequestDeclined));
    this.events.on(StandingChanged, ({ personId, peerId }) => {
      Promise.all([this.tell(server, personId, peerId), this.tell(server, peerId, personId)]).catch((error: unknown) =>
        this.logger.warn({ err: error }, 'what two people see of each other was not told'),
      );
    });
  }

  private letOut({ chatId, userId }: RequestDeclined): void {
    this.chats.letOut(chatId, { userId, reason: 'declined' });
  }

  /** What somebody sees of another person now, where they know each other from a chat. */
  private async tell(server: ChatrServer, viewerId: string, userId: string): Promise<void> {
    if ((await this.memberships.sharingChat(viewerId, [userId])).length === 0) return;
    const [profile, presences] = await Promise.all([
      this.users.profileFor(viewerId, userId),
      this.presence.seenBy(viewerId, [userId]),
    ]);
    const devices = server.to(rooms.user(viewerId));
    if (profile !== undefined) devices.emit('user:updated', profile);
    for (const presence of presences) devices.emit('user:status', presence);
  }
}
