import type { RedisConnections } from '../platform/index.js';
import type { PresenceStatus } from './presence.dto.js';
import { BEAT, LEAVE, PUT } from './presence-scripts.js';
import { GRACE_MS } from './presence-store.js';

/** A node that was not heard of for so long is gone. */
export const GONE_AFTER_MS = 15_000;

const BATCH = 100;

export interface PutResult {
  /** What the person's devices come to over all nodes, as it was told last. */
  told: PresenceStatus;
  /** Whether whoever asked is the one to tell it. */
  news: boolean;
}

export type BeatResult = { lost: true } | { lost: false; gone?: { node: string; silentMs: number } };

/** What is kept of presence in Redis. Each command touches one key, so that they may lie on different nodes of a cluster. */
export class PresenceRows {
  private readonly nodes: string;

  constructor(private readonly redis: RedisConnections) {
    this.nodes = `${redis.prefix}:presence:nodes`;
  }

  /** Notes what a person's devices on a node come to. With `tell`, what has changed is told by whoever is answered `news`. */
  async put(
    userId: string,
    {
      node,
      status,
      tell,
      formerNode = '',
    }: { node: string; status: PresenceStatus; tell: boolean; formerNode?: string },
  ): Promise<PutResult> {
    const result = await PUT.run(this.redis.commands, this.person(userId), node, status, tell ? 1 : 0, formerNode);
    const [told, news] = result as [PresenceStatus, number];
    return { told, news: news === 1 };
  }

  async told(userIds: readonly string[]): Promise<PresenceStatus[]> {
    const told = await Promise.all(userIds.map((userId) => this.redis.commands.hget(this.person(userId), 'told')));
    return told.map((status) => (status ?? 'offline') as PresenceStatus);
  }

  /** Notes that a node has devices of a person, before it has: so that they can be found when it dies. */
  async addPerson(node: string, userId: string): Promise<void> {
    await this.redis.commands.sadd(this.peopleKey(node), userId);
  }

  async removePerson(node: string, userId: string): Promise<void> {
    await this.redis.commands.srem(this.peopleKey(node), userId);
  }

  /** The people who had devices on a node, in batches; some come twice. */
  async *people(node: string): AsyncGenerator<string[]> {
    let cursor = '0';
    do {
      const [next, userIds] = await this.redis.commands.sscan(this.peopleKey(node), cursor, 'COUNT', BATCH);
      yield userIds;
      cursor = next;
    } while (cursor !== '0');
  }

  /** A sign of life. @param mayJudge whether a node that seems silent is to be taken for gone */
  async beat(node: string, mayJudge: boolean, isNew: boolean): Promise<BeatResult> {
    const result = await BEAT.run(
      this.redis.commands,
      this.nodes,
      node,
      GONE_AFTER_MS,
      mayJudge ? 1 : 0,
      isNew ? 1 : 0,
    );
    const [state, gone, silentMs = 0] = result as [string, string?, number?];
    if (state === 'lost') return { lost: true };
    return { lost: false, ...(gone === undefined ? {} : { gone: { node: gone, silentMs } }) };
  }

  async leave(node: string): Promise<void> {
    await LEAVE.run(this.redis.commands, this.nodes, node, GONE_AFTER_MS, GRACE_MS);
  }

  /** The people of a node that is gone have been seen to. */
  async forget(node: string): Promise<void> {
    await this.redis.commands.unlink(this.peopleKey(node));
    await this.redis.commands.zrem(this.nodes, `-${node}`);
  }

  private person(userId: string): string {
    return `${this.redis.prefix}:presence:person:${userId}`;
  }

  private peopleKey(node: string): string {
    return `${this.redis.prefix}:presence:people:${node}`;
  }
}
