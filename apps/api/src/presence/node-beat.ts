import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { RedisConnections } from '../platform/index.js';
import { GONE_AFTER_MS, type PresenceRows } from './presence-rows.js';
import { KEPT_SECONDS } from './presence-scripts.js';

const BEAT_MS = 5_000;
const RENEW_MS = (KEPT_SECONDS / 4) * 1000;

export interface NodeBeatEvents {
  /** What is noted of this node's people may be lost, or of another name, or about to run out: it is to be noted anew. */
  renew(): Promise<void>;
  /** Redis has answered: what could not be sent to it can be sent now. */
  stands(): Promise<void>;
  /** A person had devices on a node that is gone since then. */
  gone(userId: string, node: string, at: Date): Promise<void>;
}

/**
 * The signs of life of this node, and the eye on those of others. A node that was silent for 15 s is gone: one other node takes its
 * people over. Should it live after all, it goes by another name from then on, so that the clearing away and its coming back
 * do not meet.
 */
export class NodeBeat {
  /** This node's name. */
  node = randomUUID();

  private readonly logger = new Logger('Presence');
  private readonly timer: NodeJS.Timeout;
  private isNew = true;
  private running: Promise<void> | undefined;
  private renewedAt = performance.now();
  /** Since when each beat came in time and was answered. */
  private steadySince: number | undefined;
  private beatAt = performance.now();

  constructor(
    private readonly redis: RedisConnections,
    private readonly rows: PresenceRows,
    private readonly events: NodeBeatEvents,
  ) {
    this.timer = setInterval(() => void this.beat(), BEAT_MS).unref();
    redis.commands.on('ready', () => void this.beat());
    void this.beat();
  }

  /** This node goes, in order. */
  async end(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
    await this.rows.leave(this.node).catch(() => undefined);
  }

  private beat(): Promise<void> {
    return (this.running ??= this.beatOnce()
      .catch(() => void (this.steadySince = undefined))
      .finally(() => (this.running = undefined)));
  }

  private async beatOnce(): Promise<void> {
    const now = performance.now();
    // This process stood still, or Redis was away: perhaps for the others, too, whose silence then tells nothing.
    if (now - this.beatAt > GONE_AFTER_MS / 2) this.steadySince = undefined;
    this.beatAt = now;
    const mayJudge = this.steadySince !== undefined && now - this.steadySince >= GONE_AFTER_MS;
    const result = await this.rows.beat(this.node, mayJudge, this.isNew);
    this.steadySince ??= now;
    if (result.lost) await this.rename();
    this.isNew = false;
    if (result.lost || this.redis.brokenAt >= this.renewedAt || now - this.renewedAt > RENEW_MS) {
      await this.events.renew();
      this.renewedAt = now;
    } else await this.events.stands();
    let gone = result.lost ? undefined : result.gone;
    // A machine that dies takes several nodes along.
    while (gone !== undefined) {
      await this.takeOver(gone);
      const next = await this.rows.beat(this.node, mayJudge, false);
      gone = next.lost ? undefined : next.gone;
    }
  }

  private async rename(): Promise<void> {
    this.node = randomUUID();
    this.isNew = true;
    this.logger.warn('this node was given up, or Redis has lost what it knew: its people are noted anew');
    await this.rows.beat(this.node, false, true);
  }

  private async takeOver({ node, silentMs }: { node: string; silentMs: number }): Promise<void> {
    const at = new Date(Date.now() - silentMs);
    let count = 0;
    for await (const userIds of this.rows.people(node)) {
      count += userIds.length;
      await Promise.all(userIds.map((userId) => this.events.gone(userId, node, at)));
    }
    await this.rows.forget(node);
    if (silentMs > 0)
      this.logger.warn({ people: count }, 'another node is gone: those who were connected to it are seen to');
  }
}
