import { Injectable, Logger } from '@nestjs/common';
import { LIMITS } from '@chatr/contracts';
import type { Actor } from '../auth/index.js';
import { MembershipsRepository } from '../chats/index.js';
import { DomainEvents } from '../platform/index.js';
import { ConnectionRegistry, type DeviceStatus } from './connection-registry.js';
import { LastSeenRepository } from './last-seen.repository.js';
import { PresenceChanged } from './presence-events.js';
import type { PresenceDto, PresenceStatus } from './presence.dto.js';

/** How long a person whose last device went away still counts as there: a reload, a change of network, a restart of the server. */
const GRACE_MS = 2_000;
/** People whose presence a device is told when it connects. */
const CONTACTS_LIMIT = 500;

/** Who is there. People see the presence of those with whom they share a direct chat or a small group. */
@Injectable()
export class PresenceService {
  private readonly logger = new Logger(PresenceService.name);
  private readonly told = new Map<string, PresenceStatus>();

  constructor(
    private readonly connections: ConnectionRegistry,
    private readonly memberships: MembershipsRepository,
    private readonly lastSeen: LastSeenRepository,
    private readonly events: DomainEvents,
  ) {}

  connected(userId: string, connectionId: string): void {
    this.connections.set(userId, connectionId, 'online');
    this.tell(userId);
  }

  setStatus(userId: string, connectionId: string, status: DeviceStatus): void {
    this.connections.set(userId, connectionId, status);
    this.tell(userId);
  }

  disconnected(userId: string, connectionId: string): void {
    this.connections.delete(userId, connectionId);
    setTimeout(() => this.tell(userId), GRACE_MS).unref();
  }

  /** The presence of everybody whom this person may see. */
  async contacts(actor: Actor): Promise<PresenceDto[]> {
    return this.describe(await this.memberships.peopleSharingPresence(actor.id, CONTACTS_LIMIT));
  }

  /** The presence of these people; those whom this person may not see are `offline`, like those who are. */
  async of(actor: Actor, userIds: readonly string[]): Promise<PresenceDto[]> {
    const visible = await this.memberships.peopleSharingPresence(actor.id, LIMITS.presenceRequest, userIds);
    const known = new Map((await this.describe([...visible, actor.id])).map((presence) => [presence.userId, presence]));
    return userIds.map((userId) => known.get(userId) ?? { userId, status: 'offline' });
  }

  private async describe(userIds: readonly string[]): Promise<PresenceDto[]> {
    const away = userIds.filter((userId) => this.connections.statusOf(userId) === 'offline');
    const times = await this.lastSeen.of(away);
    return userIds.map((userId) => {
      const status = this.connections.statusOf(userId);
      const lastSeen = status === 'offline' ? times.get(userId) : undefined;
      return { userId, status, ...(lastSeen === undefined ? {} : { lastSeen: lastSeen.toISOString() }) };
    });
  }

  /** Tells what a person's devices come to, if that is news. */
  private tell(userId: string): void {
    const status = this.connections.statusOf(userId);
    if (status === (this.told.get(userId) ?? 'offline')) return;
    if (status === 'offline') this.told.delete(userId);
    else this.told.set(userId, status);
    void this.announce(userId, status).catch((error: unknown) =>
      this.logger.warn({ err: error }, 'presence was not told'),
    );
  }

  private async announce(userId: string, status: PresenceStatus): Promise<void> {
    const now = new Date();
    if (status === 'offline') await this.lastSeen.set(userId, now);
    const chatIds = await this.memberships.chatsSharingPresence(userId);
    // They may have come back, or gone, while the database was asked: the later news is told by itself.
    if (status !== (this.told.get(userId) ?? 'offline')) return;
    const presence = { userId, status, ...(status === 'offline' ? { lastSeen: now.toISOString() } : {}) };
    this.events.publish(new PresenceChanged(presence, chatIds));
  }
}
