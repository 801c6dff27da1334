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
}
