import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import type { Actor } from '../auth/index.js';
import { decodeCursor, DirectChanges, DirectChatsRepository, encodeCursor, StandingChanged } from '../chats/index.js';
import { DomainEvents, type PageQueryDto, ProblemError, type RateRule, Throttle } from '../platform/index.js';
import { BlocksRepository, toJoinedUser, UsersRepository } from '../users/index.js';
import type { BlockPageDto } from './block.dto.js';

const DEFAULT_PAGE = 50;

/** Nobody has so much to settle; each takes the lock of a chat. */
const CHANGES: RateRule = { name: 'blocks', points: 60, seconds: 60 };

/** Whom people do not want to hear of. A block and the state of the direct chat change together, under the chat's lock. */
@Injectable()
export class BlocksService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly blocks: BlocksRepository,
    private readonly directs: DirectChatsRepository,
    private readonly changes: DirectChanges,
    private readonly users: UsersRepository,
    private readonly events: DomainEvents,
    private readonly throttle: Throttle,
  ) {}

  async page(actor: Actor, { cursor, limit = DEFAULT_PAGE }: PageQueryDto): Promise<BlockPageDto> {
    const before = cursor === undefined ? undefined : decodeCursor(cursor);
    const rows = await this.blocks.page(actor.id, limit + 1, before);
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    return {
      items: page.map((row) => ({
        user: toJoinedUser(row.blocked_id, row),
        createdAt: row.created_at.toISOString(),
      })),
      nextCursor: last === undefined ? null : encodeCursor(last.id),
    };
  }

  /**
   * Blocking twice is blocking once. It needs nobody's leave: also whoever blocked the actor can be blocked.
   * @throws ProblemError not_found, validation_failed (oneself)
   */
  async block(actor: Actor, userId: string): Promise<void> {
    if (userId === actor.id) throw new ProblemError('validation_failed', 'Nobody can block themselves.');
    if ((await this.users.byId(userId)) === null) throw new ProblemError('not_found', 'There is no such person.');
    await this.change(actor, userId, (manager) => this.blocks.add(actor.id, userId, manager));
  }

  /** Only who blocked can unblock; where there is nothing to unblock, nothing happens. */
  async unblock(actor: Actor, userId: string): Promise<void> {
    await this.change(actor, userId, (manager) => this.blocks.remove(actor.id, userId, manager));
  }

  private async change(
    actor: Actor,
    userId: string,
    apply: (manager: EntityManager) => Promise<boolean>,
  ): Promise<void> {
    await this.throttle.consume(CHANGES, actor.id);
    const moved = await this.database.transaction(async (manager) => {
      await this.directs.lockPair(actor.id, userId, manager);
      if (!(await apply(manager))) return undefined;
      const chat = await this.directs.find(actor.id, userId, manager);
      if (chat === undefined) return {};
      await this.directs.lock(chat.id, manager);
      return { chatId: chat.id, version: await this.directs.settle(chat.id, manager) };
    });
    if (moved === undefined) return;
    if (moved.chatId !== undefined) await this.changes.announce(moved.chatId, moved.version);
    this.events.publish(new StandingChanged(actor.id, userId));
  }
}
