import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import type { Actor } from '../auth/index.js';
import { MembershipsRepository, nextUserCursors, PositionMoved, showsReceipts } from '../chats/index.js';
import { DomainEvents, ProblemError } from '../platform/index.js';
import { HistoryRepository } from './history.repository.js';

interface Moved {
  seq: number;
  message_id: string;
  member_count: number;
}

/**
 * How far each member has come in a chat: two numbers, which only grow and never pass the newest message. Reading implies
 * having received. They take no version; a person's own read position moves their cursor, for their other devices.
 */
@Injectable()
export class ReadPositionsService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly history: HistoryRepository,
    private readonly memberships: MembershipsRepository,
    private readonly events: DomainEvents,
  ) {}

  /** Everything up to `seq` is read. @throws ProblemError not_a_member */
  async read(actor: Actor, chatId: string, seq: number): Promise<void> {
    const moved = await this.database.transaction(async (manager) => {
      const row = await this.move(manager, actor, chatId, seq, 'read_seq');
      if (row === undefined) return undefined;
      const cursors = await nextUserCursors(manager, [actor.id]);
      await manager.query(`UPDATE chat_members SET user_cursor = $3 WHERE chat_id = $1 AND user_id = $2`, [
        chatId,
        actor.id,
        cursors.get(actor.id),
      ]);
      return row;
    });
    await this.announce(actor, chatId, 'read', moved);
  }

  /** The message with this id, and everything before it, is read. @throws ProblemError not_found, not_a_member */
  async readMessage(actor: Actor, messageId: string): Promise<void> {
    const place = await this.history.find(messageId);
    if (place === undefined) throw new ProblemError('not_found');
    await this.read(actor, place.chatId, place.seq);
  }

  /** Everything up to `seq` has reached a device. @throws ProblemError not_a_member */
  async delivered(actor: Actor, chatId: string, seq: number): Promise<void> {
    await this.announce(
      actor,
      chatId,
      'delivered',
      await this.move(this.database.manager, actor, chatId, seq, 'delivered_seq'),
    );
  }

  /** Moves a position on; undefined when it was there already, or there is nothing to move. */
  private async move(
    manager: EntityManager,
    actor: Actor,
    chatId: string,
    seq: number,
    position: 'read_seq' | 'delivered_seq',
  ): Promise<Moved | undefined> {
    const alsoDelivered =
      position === 'read_seq' ? ', delivered_seq = greatest(cm.delivered_seq, least($3, c.last_seq))' : '';
    const rows: Moved[] = await manager.query(
      `WITH moved AS (
         UPDATE chat_members cm
         SET ${position} = least($3, c.last_seq)${alsoDelivered}
         FROM chats c
         WHERE cm.chat_id = $1 AND cm.user_id = $2 AND cm.left_at IS NULL AND c.id = cm.chat_id
           AND cm.${position} < least($3, c.last_seq)
         RETURNING cm.chat_id, cm.${position} AS seq, c.member_count
       )
       SELECT moved.seq, moved.member_count, m.id AS message_id
       FROM moved JOIN messages m ON m.chat_id = moved.chat_id AND m.seq = moved.seq`,
      [chatId, actor.id, seq],
    );
    return rows[0];
  }

  private async announce(
    actor: Actor,
    chatId: string,
    status: 'delivered' | 'read',
    moved: Moved | undefined,
  ): Promise<void> {
    if (moved === undefined) {
      // Nothing moved: because it was there already, or because this is none of their chats.
      await this.memberships.require(chatId, actor.id);
      return;
    }
    this.events.publish(
      new PositionMoved(chatId, actor.id, status, moved.seq, moved.message_id, showsReceipts(moved.member_count)),
    );
  }
}
