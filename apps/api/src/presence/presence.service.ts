import { Injectable, Logger } from '@nestjs/common';
import { LIMITS } from '@chatr/contracts';
import type { Actor } from '../auth/index.js';
import { MembershipsRepository } from '../chats/index.js';
import { DomainEvents } from '../platform/index.js';
import { PeopleVisibility, type Visible, VisibilityChanged } from '../users/index.js';
import { ConnectionRegistry, type DeviceStatus } from './connection-registry.js';
import { LastSeenRepository } from './last-seen.repository.js';
import { type Audience, PresenceChanged } from './presence-events.js';
import { type PresenceNews, PresenceStore } from './presence-store.js';
import type { PresenceDto, PresenceStatus } from './presence.dto.js';

/** People whose presence a device is told when it connects. */
const CONTACTS_LIMIT = 500;
/** People who are told one by one of somebody whom not everybody may see. */
const VIEWERS_LIMIT = 20_000;

/** Who is there. People see the presence of those with whom they share a direct chat or a small group, and who let them. */
@Injectable()
export class PresenceService {
  private readonly logger = new Logger(PresenceService.name);

  constructor(
    private readonly connections: ConnectionRegistry,
    private readonly store: PresenceStore,
    private readonly memberships: MembershipsRepository,
    private readonly lastSeen: LastSeenRepository,
    private readonly visibility: PeopleVisibility,
    private readonly events: DomainEvents,
  ) {
    events.on(VisibilityChanged, ({ userId, viewerIds }) => {
      this.tellAgain(userId, viewerIds).catch((error: unknown) =>
        this.logger.warn({ err: error }, 'who may see somebody now was not told'),
      );
    });
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
    return this.describe(actor.id, await this.memberships.peopleSharingPresence(actor.id, CONTACTS_LIMIT));
  }

  /** The presence of these people; those whom this person may not see are `offline`, like those who are. */
  of(actor: Actor, userIds: readonly string[]): Promise<PresenceDto[]> {
    return this.seenBy(actor.id, userIds);
  }

  /** The same, where it is not that person who asks. */
  async seenBy(viewerId: string, userIds: readonly string[]): Promise<PresenceDto[]> {
    const visible = await this.memberships.peopleSharingPresence(viewerId, LIMITS.presenceRequest, userIds);
    const described = await this.describe(viewerId, [...visible, viewerId]);
    const known = new Map(described.map((presence) => [presence.userId, presence]));
    return userIds.map((userId) => known.get(userId) ?? { userId, status: 'offline' });
  }

  private change(userId: string, change: () => void): void {
    const before = this.connections.statusOf(userId);
    change();
    const after = this.connections.statusOf(userId);
    if (after !== before) this.store.here(userId, after);
  }

  private async describe(viewerId: string, userIds: readonly string[]): Promise<PresenceDto[]> {
    const seen = await this.visibility.of(viewerId, userIds);
    // Who is there is asked last: what is told from now on is later than this.
    const times = await this.lastSeen.of(userIds.filter((userId) => seen.get(userId)?.lastSeen === true));
    const statuses = await this.store.statusesOf(userIds);
    return userIds.map((userId, index) => {
      const status = seen.get(userId)?.presence === true ? (statuses[index] ?? 'offline') : 'offline';
      return toPresence(userId, status, times.get(userId));
    });
  }

  private async announce({ userId, status, at }: PresenceNews): Promise<void> {
    if (status === 'offline') await this.lastSeen.set(userId, at);
    const groups = await this.audiences(userId);
    // They may have come back, or gone, while the database was asked: the later news is told by itself.
    const [now] = await this.store.statusesOf([userId]);
    if (now !== status) return;
    this.tell(toPresence(userId, status, at), groups.full);
    this.tell(toPresence(userId, status), groups.withoutTimes);
  }

  /** Tells those who may see somebody now, or may no longer, what they see from now on. */
  private async tellAgain(userId: string, viewerIds: readonly string[] | undefined): Promise<void> {
    const viewers = await this.memberships.peopleSeeingPresence(userId, VIEWERS_LIMIT, viewerIds);
    const { full, withoutTimes, hidden } = await this.sortedBySight(userId, viewers);
    const lastSeen = (await this.lastSeen.of([userId])).get(userId);
    const [status = 'offline'] = await this.store.statusesOf([userId]);
    this.tell(toPresence(userId, status, lastSeen), { chatIds: [], userIds: full });
    this.tell(toPresence(userId, status), { chatIds: [], userIds: withoutTimes });
    this.tell(toPresence(userId, 'offline'), { chatIds: [], userIds: hidden });
  }

  /** Who hears of a person with the time they were last seen, and who without; their own devices always do. */
  private async audiences(userId: string): Promise<{ full: Audience; withoutTimes: Audience }> {
    const nobody = { chatIds: [], userIds: [] };
    // Whoever lets everybody see them, which is nearly everybody, is told to whole chats.
    if (await this.visibility.isOpen(userId)) {
      const chatIds = await this.memberships.chatsSharingPresence(userId);
      return { full: { chatIds, userIds: [userId] }, withoutTimes: nobody };
    }
    const viewers = await this.memberships.peopleSeeingPresence(userId, VIEWERS_LIMIT);
    const { full, withoutTimes } = await this.sortedBySight(userId, viewers);
    return {
      full: { chatIds: [], userIds: [userId, ...full] },
      withoutTimes: { chatIds: [], userIds: withoutTimes },
    };
  }

  private async sortedBySight(userId: string, viewerIds: readonly string[]): Promise<Record<Sight, string[]>> {
    const seen = await this.visibility.by(userId, viewerIds);
    const groups: Record<Sight, string[]> = { full: [], withoutTimes: [], hidden: [] };
    for (const [viewerId, visible] of seen) groups[sightOf(visible)].push(viewerId);
    return groups;
  }

  private tell(presence: PresenceDto, audience: Audience): void {
    if (audience.chatIds.length + audience.userIds.length > 0) {
      this.events.publish(new PresenceChanged(presence, audience));
    }
  }
}

/** How much of a person's presence somebody sees. */
type Sight = 'full' | 'withoutTimes' | 'hidden';

function sightOf({ presence, lastSeen }: Visible): Sight {
  if (!presence) return 'hidden';
  return lastSeen ? 'full' : 'withoutTimes';
}

/** A time belongs only to somebody who is not there. */
function toPresence(userId: string, status: PresenceStatus, lastSeen?: Date): PresenceDto {
  if (status !== 'offline' || lastSeen === undefined) return { userId, status };
  return { userId, status, lastSeen: lastSeen.toISOString() };
}
