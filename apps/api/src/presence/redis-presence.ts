import type { BeforeApplicationShutdown } from '@nestjs/common';
import type { RedisConnections } from '../platform/index.js';
import { NodeBeat } from './node-beat.js';
import type { PresenceStatus } from './presence.dto.js';
import { PresenceRows } from './presence-rows.js';
import { GRACE_MS, type PresenceNews, PresenceStore } from './presence-store.js';

/** What this node has to say of one person. */
interface Entry {
  /** What the person's devices here come to. */
  status: PresenceStatus;
  /** Their last device here went just now, and may come back: noted, but not told yet. */
  grace: NodeJS.Timeout | undefined;
  /** The name of this node under which the person was noted last. */
  node: string | undefined;
  /** What is known to have been told last, by this node or through Redis. */
  told: PresenceStatus;
  /** While Redis was away, this node has told what only it knew. */
  toldAlone: boolean;
  sending: boolean;
  /** Something has changed since it was sent. */
  changed: boolean;
}

/** How many people are noted anew at once, after Redis or this node was away. */
const BATCH = 100;

/**
 * Presence in Redis, for all nodes. While Redis is away a node goes on with what it knows of its own people, and makes up for it
 * afterwards.
 */
export class RedisPresence extends PresenceStore implements BeforeApplicationShutdown {
  private readonly people = new Map<string, Entry>();
  private readonly handlers: ((news: PresenceNews) => void)[] = [];
  private readonly rows: PresenceRows;
  private readonly beat: NodeBeat;
  private unsent = new Set<string>();
  private left = false;

  constructor(redis: RedisConnections) {
    super();
    this.rows = new PresenceRows(redis);
    this.beat = new NodeBeat(redis, this.rows, {
      renew: () => this.resend([...this.people.keys()]),
      stands: () => this.resend([...this.unsent]),
      gone: (userId, node, at) => this.clearAway(userId, node, at),
    });
  }

  override here(userId: string, status: PresenceStatus): void {
    if (this.left) return;
    const entry = this.people.get(userId) ?? newEntry();
    this.people.set(userId, entry);
    entry.status = status;
    clearTimeout(entry.grace);
    entry.grace = status === 'offline' ? setTimeout(() => this.settle(userId, entry), GRACE_MS).unref() : undefined;
    void this.send(userId, entry);
  }

  override async statusesOf(userIds: readonly string[]): Promise<PresenceStatus[]> {
    try {
      return await this.rows.told(userIds);
    } catch {
      return userIds.map((userId) => this.people.get(userId)?.told ?? 'offline');
    }
  }

  override onNews(handler: (news: PresenceNews) => void): void {
    this.handlers.push(handler);
  }

  /** The people who are still noted here are left to another node: within the time of grace most of them connect to one. */
  async beforeApplicationShutdown(): Promise<void> {
    this.left = true;
    for (const { grace } of this.people.values()) clearTimeout(grace);
    await this.beat.end();
  }

  private settle(userId: string, entry: Entry): void {
    entry.grace = undefined;
    void this.send(userId, entry);
  }

  /** Sends what is the case now; one at a time for each person, so that nothing overtakes. */
  private async send(userId: string, entry: Entry): Promise<void> {
    entry.changed = true;
    if (entry.sending) return;
    entry.sending = true;
    try {
      while (entry.changed && !this.left) {
        entry.changed = false;
        await this.put(userId, entry);
      }
      this.unsent.delete(userId);
      if (entry.status === 'offline' && entry.grace === undefined) await this.forget(userId, entry);
    } catch {
      this.unsent.add(userId);
      this.tellAlone(userId, entry);
    } finally {
      entry.sending = false;
      if (entry.changed && !this.unsent.has(userId)) void this.send(userId, entry);
    }
  }

  private async put(userId: string, entry: Entry): Promise<void> {
    const { node } = this.beat;
    const { status, node: formerNode } = entry;
    if (formerNode !== node) await this.rows.addPerson(node, userId);
    const tell = entry.grace === undefined;
    const former = formerNode === undefined || formerNode === node ? {} : { formerNode };
    const { told, news } = await this.rows.put(userId, { node, status, tell, ...former });
    entry.node = node;
    if (!tell) return;
    const differs = entry.toldAlone && told !== entry.told;
    entry.told = told;
    entry.toldAlone = false;
    if (news || differs) this.tell({ userId, status: told, at: new Date() });
  }

  /** Nothing of the person is here any more. */
  private async forget(userId: string, entry: Entry): Promise<void> {
    if (entry.node !== undefined) await this.rows.removePerson(entry.node, userId);
    if (entry.status === 'offline' && !entry.changed && entry.grace === undefined) this.people.delete(userId);
    else entry.node = undefined;
  }

  /** Redis is away. Those who are connected here learn what can be known here. */
  private tellAlone(userId: string, entry: Entry): void {
    if (entry.grace !== undefined || entry.status === entry.told || this.left) return;
    entry.told = entry.status;
    entry.toldAlone = true;
    this.tell({ userId, status: entry.status, at: new Date() });
  }

  private async resend(userIds: readonly string[]): Promise<void> {
    for (let from = 0; from < userIds.length; from += BATCH) {
      const batch = userIds.slice(from, from + BATCH).flatMap((userId) => {
        const entry = this.people.get(userId);
        return entry === undefined ? [] : [this.send(userId, entry)];
      });
      await Promise.all(batch);
    }
  }

  private async clearAway(userId: string, node: string, at: Date): Promise<void> {
    const { told, news } = await this.rows.put(userId, { node, status: 'offline', tell: true });
    if (news) this.tell({ userId, status: told, at });
  }

  private tell(news: PresenceNews): void {
    for (const handler of this.handlers) handler(news);
  }
}

function newEntry(): Entry {
  return {
    status: 'offline',
    grace: undefined,
    node: undefined,
    told: 'offline',
    toldAlone: false,
    sending: false,
    changed: false,
  };
}
