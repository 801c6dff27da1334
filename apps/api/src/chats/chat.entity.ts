import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ChatType } from './chat.dto.js';

@Entity('chats')
export class ChatEntity {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'text' })
  type: ChatType;

  /** Groups only. */
  @Column({ type: 'text', nullable: true })
  name: string | null;

  @Column({ name: 'avatar_url', type: 'text', nullable: true })
  avatarUrl: string | null;

  /** Direct chats only: both people's ids in order, so that two people have one chat. */
  @Column({ name: 'direct_key', type: 'text', nullable: true })
  directKey: string | null;

  @Column({ name: 'created_by', type: 'uuid' })
  createdBy: string;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;

  @Column({ name: 'last_seq', type: 'bigint' })
  lastSeq: number;

  /** The change counter. */
  @Column({ type: 'bigint' })
  version: number;

  /** The version at which the name, the picture or the members last changed. */
  @Column({ name: 'details_version', type: 'bigint' })
  detailsVersion: number;

  /** The UUIDv7 of the newest message, at first of the chat itself: sorts chat lists by activity without ties. */
  @Column({ name: 'activity_id', type: 'uuid' })
  activityId: string;

  @Column({ name: 'last_activity_at', type: 'timestamptz' })
  lastActivityAt: Date;

  @Column({ name: 'member_count', type: 'integer' })
  memberCount: number;

  /** From when on nobody writes here any more, because the other one of a direct chat is gone. */
  @Column({ name: 'closed_at', type: 'timestamptz', nullable: true })
  closedAt: Date | null;
}
