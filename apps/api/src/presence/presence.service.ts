import { Injectable, Logger } from '@nestjs/common';
import { LIMITS } from '@chatr/contracts';
import type { Actor } from '../auth/index.js';
import { MembershipsRepository } from '../chats/index.js';
import { DomainEvents } from '../platform/index.js';
import { BlocksRepository } from '../users/index.js';
import { ConnectionRegistry, type DeviceStatus } from './connection-registry.js';
import { LastSeenRepository } from './last-seen.repository.js';
import { PresenceChanged } from './presence-events.js';
import { type PresenceNews, PresenceStore } from './presence-store.js';
import type { PresenceDto, PresenceStatus } from './presence.dto.js';

/** People whose presence a device is told when it connects. */
const CONTACTS_LIMIT = 500;

/** Who is there. People see the presence of those with whom they share a direct chat or a small group. */
@Injectable()
export class PresenceService {
  private readonly logger = new Logger(PresenceService.name);

  constructor(
    private readonly connections: ConnectionRegistry,
    private readonly store: PresenceStore,
    private readonly memberships: MembershipsRepository,
    private readonly lastSeen: LastSeenRepository,
    private readonly blocks: BlocksRepository,
    private readonly events: DomainEvents,
  ) {
    store.onNews((news) => {
      this.announce(news).catch((error: unknown) => this.logger.warn({ err: error }, 'presence was not told'));
    });
  }

  connected(userId: string, connectionId: string): void {
    this.setStatus(userId, connectionId, 'online');
  }

  setStatus(userId: string, connectionId: string, status: DeviceStatus): void {
    this.change(userId, () => this.connections.set(userId, connectionId, status));
  }

  disconnected(userId: string, connectionId: string): void {
    this.change(userId, () => this.connections.delete(userId, connectionId));
  }

  /** The presence of everybody whom this person may see. */
  async contacts(actor: Actor): Promise<PresenceDto[]> {
    return this.describe(await this.memberships.peopleSharingPresence(actor.id, CONTACTS_LIMIT));
  }

  /** The presence of these people; those whom this person may not see are `offline`, like those who are. */
  of(actor: Actor, userIds: readonly string[]): Promise<PresenceDto[]> {
    return this.seenBy(actor.id, userIds);
  }

  /** The same, where it is not that person who asks. */
  async seenBy(viewerId: string, userIds: readonly string[]): Promise<PresenceDto[]> {
    const visible = await this.memberships.peopleSharingPresence(viewerId, LIMITS.presenceRequest, userIds);
    const known = new Map((await this.describe([...visible, viewerId])).map((presence) => [presence.userId, presence]));
    return userIds.map((userId) => known.get(userId) ?? { userId, status: 'offline' });
  }

  private change(userId: string, change: () => void): void {
    const before = this.connections.statusOf(userId);
    change();
    const after = this.connections.statusOf(userId);
    if (after !== before) this.store.here(userId, after);
  }

  private async describe(userIds: readonly string[]): Promise<PresenceDto[]> {
    // Who is there is asked last: what is told from now on is later than this.
    const times = await this.lastSeen.of(userIds);
    const statuses = await this.store.statusesOf(userIds);
    return userIds.map((userId, index) => {
      const status: PresenceStatus = statuses[index] ?? 'offline';
      const lastSeen = status === 'offline' ? times.get(userId) : undefined;
      return { userId, status, ...(lastSeen === undefined ? {} : { lastSeen: lastSeen.toISOString() }) };
    });
  }

  private async announce({ userId, status, at }: PresenceNews): Promise<void> {
    if (status === 'offline') await this.lastSeen.set(userId, at);
    const [chatIds, hiddenFrom] = await Promise.all([
      this.memberships.chatsSharingPresence(userId),
      this.blocks.around(userId),
    ]);
    // They may have come back, or gone, while the database was asked: the later news is told by itself.
    const [now] = await this.store.statusesOf([userId]);
    if (now !== status) return;
    const presence = { userId, status, ...(status === 'offline' ? { lastSeen: at.toISOString() } : {}) };
    this.events.publish(new PresenceChanged(presence, chatIds, hiddenFrom));
  }
}
