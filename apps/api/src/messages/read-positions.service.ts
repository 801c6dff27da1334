import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { Actor } from '../auth/index.js';
import { MembershipsRepository, PositionMoved, showsReceipts } from '../chats/index.js';
import { DomainEvents, ProblemError } from '../platform/index.js';
import { HistoryRepository } from './history.repository.js';

/** The member, locked, and up to where their position is to move; no row when it is there already. */
const member = (position: 'read_seq' | 'delivered_seq'): string => `
  SELECT cm.chat_id, cm.user_id, least($3, c.last_seq) AS seq, c.member_count, cm.shown_read_seq IS NULL AS shown
  FROM chat_members cm JOIN chats c ON c.id = cm.chat_id
  WHERE cm.chat_id = $1 AND cm.user_id = $2 AND cm.left_at IS NULL AND cm.${position} < least($3, c.last_seq)
  FOR NO KEY UPDATE OF cm`;

const JOURNAL = `journal AS (INSERT INTO position_journal (chat_id, user_id) SELECT chat_id, user_id FROM member)`;

const MOVED = `
  SELECT member.seq, member.member_count, member.shown, m.id AS message_id
  FROM member JOIN messages m ON m.chat_id = member.chat_id AND m.seq = member.seq`;

/**
 * One statement each: a node that stops in the middle holds no lock that others would wait for. Locks are taken in the order of
 * docs/subsystems/delivery.md: the member's row, then the person's counter.
 */
const READ = `
  WITH member AS (${member('read_seq')}), counter AS (
    INSERT INTO user_cursors (user_id, cursor) SELECT user_id, 1 FROM member
    ON CONFLICT (user_id) DO UPDATE SET cursor = user_cursors.cursor + 1
    RETURNING cursor
  ), moved AS (
    UPDATE chat_members cm
    SET read_seq = member.seq, delivered_seq = greatest(cm.delivered_seq, member.seq), user_cursor = counter.cursor
    FROM member, counter WHERE cm.chat_id = member.chat_id AND cm.user_id = member.user_id
  ), ${JOURNAL}
  ${MOVED}`;

const DELIVERED = `
  WITH member AS (${member('delivered_seq')}), moved AS (
    UPDATE chat_members cm SET delivered_seq = member.seq
    FROM member WHERE cm.chat_id = member.chat_id AND cm.user_id = member.user_id
  ), ${JOURNAL}
  ${MOVED}`;

interface Moved {
  seq: number;
  message_id: string;
  member_count: number;
  /** Whether they show the others how far they have come. */
  shown: boolean;
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
    await this.announce(actor, chatId, 'read', await this.move(READ, actor, chatId, seq));
  }

  /** The message with this id, and everything before it, is read. @throws ProblemError not_found, not_a_member */
  async readMessage(actor: Actor, messageId: string): Promise<void> {
    const place = await this.history.find(messageId);
    if (place === undefined) throw new ProblemError('not_found');
    await this.read(actor, place.chatId, place.seq);
  }

  /** Everything up to `seq` has reached a device. @throws ProblemError not_a_member */
  async delivered(actor: Actor, chatId: string, seq: number): Promise<void> {
    await this.announce(actor, chatId, 'delivered', await this.move(DELIVERED, actor, chatId, seq));
  }

  /** Moves a position on; undefined when it was there already, or there is nothing to move. */
  private async move(statement: string, actor: Actor, chatId: string, seq: number): Promise<Moved | undefined> {
    const [moved] = await this.database.query<Moved[]>(statement, [chatId, actor.id, seq]);
    return moved;
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
    const visible = showsReceipts(moved.member_count) && moved.shown;
    this.events.publish(new PositionMoved(chatId, actor.id, status, moved.seq, moved.message_id, visible));
  }
}
