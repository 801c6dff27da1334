import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Role } from './chat.dto.js';

/** One person's place in one chat. The row stays when they leave, so that sync can tell them. */
@Entity('chat_members')
export class ChatMemberEntity {
  @PrimaryColumn({ name: 'chat_id', type: 'uuid' })
  chatId: string;

  @PrimaryColumn({ name: 'user_id', type: 'uuid' })
  userId: string;

  @Column({ type: 'text' })
  role: Role;

  @Column({ name: 'joined_at', type: 'timestamptz' })
  joinedAt: Date;

  @Column({ name: 'left_at', type: 'timestamptz', nullable: true })
  leftAt: Date | null;

  /** The first message this member can see. */
  @Column({ name: 'visible_from_seq', type: 'bigint' })
  visibleFromSeq: number;

  /** The chat's version at which they (last) joined: a client that holds less starts anew. */
  @Column({ name: 'joined_version', type: 'bigint' })
  joinedVersion: number;

  /** The chat's version at which this membership last changed; positions do not count. */
  @Column({ type: 'bigint' })
  version: number;

  @Column({ name: 'delivered_seq', type: 'bigint' })
  deliveredSeq: number;

  @Column({ name: 'read_seq', type: 'bigint' })
  readSeq: number;

  /** The person's cursor at which this membership or their own read position last changed. */
  @Column({ name: 'user_cursor', type: 'bigint' })
  userCursor: number;

  /**
   * In a direct chat that somebody else began, whether this member has yet to accept it. Who declined has left it, and the other one is
   * not told.
   */
  @Column({ type: 'text', nullable: true })
  request: 'pending' | 'declined' | null;

  /** In a direct chat, whether this member blocked the other one. */
  @Column({ name: 'peer_blocked', type: 'boolean', default: false })
  peerBlocked: boolean;

  /** No message of theirs is taken beyond this number; null: all are. */
  @Column({ name: 'sends_until_seq', type: 'bigint', nullable: true })
  sendsUntilSeq: number | null;

  /** How far others see them to have come, where they show nothing of themselves: null where they do. */
  @Column({ name: 'shown_delivered_seq', type: 'bigint', nullable: true })
  shownDeliveredSeq: number | null;

  @Column({ name: 'shown_read_seq', type: 'bigint', nullable: true })
  shownReadSeq: number | null;
}
