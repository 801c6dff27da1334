import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import type { Actor } from '../auth/index.js';
import { DomainEvents, ProblemError } from '../platform/index.js';
import { PositionMoved, RequestDeclined, StandingChanged } from './chat-events.js';
import { DirectChanges } from './direct-changes.js';
import { DirectChatsRepository } from './direct-chats.repository.js';
import { MembershipsRepository } from './memberships.repository.js';

/**
 * What strangers write is a request until it is answered: the one who is asked sees it, and shows nothing of themselves. Their row of
 * `chat_members` holds the state.
 */
@Injectable()
export class RequestsService {
  private readonly logger = new Logger(RequestsService.name);

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly directs: DirectChatsRepository,
    private readonly memberships: MembershipsRepository,
    private readonly changes: DirectChanges,
    private readonly events: DomainEvents,
  ) {}

  /** From now on it is a chat like any other. Accepting it again changes nothing. @throws ProblemError not_a_member; blocked */
  async accept(actor: Actor, chatId: string): Promise<void> {
    const version = await this.locked(chatId, async (manager) => {
      const { request } = await this.memberships.require(chatId, actor.id, manager);
      if (request === null) return undefined;
      const accepted = await this.directs.accept(chatId, actor.id, manager);
      if (accepted === undefined) throw new ProblemError('blocked');
      return accepted;
    });
    if (version !== undefined) await this.announceAccepted(chatId, version);
  }

  /**
   * The chat leaves the list of whoever declines it. The one who asked is not told: for them it stays unanswered, and what they may
   * still write is kept but reaches nobody. @throws ProblemError not_a_member; conflict (there is nothing to decline)
   */
  async decline(actor: Actor, chatId: string): Promise<void> {
    const declined = await this.locked(chatId, async (manager) => {
      await this.memberships.require(chatId, actor.id, manager);
      return this.directs.decline(chatId, actor.id, manager);
    });
    if (!declined) throw new ProblemError('conflict', 'This chat is not a request.');
    this.events.publish(new RequestDeclined(chatId, actor.id));
  }

  /** Somebody opens a chat that they declined: they are in it again, and have accepted it. */
  async comeBack(actor: Actor, chatId: string): Promise<string> {
    const version = await this.locked(chatId, async (manager) => {
      // On another device they may just have done it.
      if (!(await this.directs.comeBack(chatId, actor.id, manager))) return undefined;
      return this.directs.settle(chatId, manager, [actor.id]);
    });
    if (version !== undefined) await this.announceAccepted(chatId, version);
    return chatId;
  }

  /** Tells what an answer accepted: it is committed, so whatever fails here is found out by the version. */
  tellAnswered(chatId: string, version: number): void {
    this.announceAccepted(chatId, version).catch((error: unknown) => {
      this.logger.warn({ err: error, chatId }, 'an accepted request was not told at once');
    });
  }

  private async announceAccepted(chatId: string, version: number): Promise<void> {
    await this.changes.announce(chatId, version);
    // What they have read so far is to be seen now.
    for (const { userId, status, seq, messageId } of await this.directs.positionsOf(chatId)) {
      this.events.publish(new PositionMoved(chatId, userId, status, seq, messageId, true));
    }
    const [one, other] = await this.directs.places(chatId);
    if (one !== undefined && other !== undefined) {
      this.events.publish(new StandingChanged(one.user_id, other.user_id));
    }
  }

  private locked<T>(chatId: string, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.database.transaction(async (manager) => {
      await this.directs.lock(chatId, manager);
      return work(manager);
    });
  }
}
