import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { MessageType, SystemNoteDto } from '../chats/index.js';

@Entity('messages')
export class MessageEntity {
  @PrimaryColumn({ name: 'chat_id', type: 'uuid' })
  chatId: string;

  @PrimaryColumn({ type: 'bigint' })
  seq: number;

  /** The chat's version at which this message last changed. */
  @Column({ type: 'bigint' })
  version: number;

  @Column({ type: 'uuid' })
  id: string;

  @Column({ name: 'client_id', type: 'text' })
  clientId: string;

  @Column({ name: 'sender_id', type: 'uuid' })
  senderId: string;

  @Column({ type: 'text' })
  type: MessageType;

  @Column({ type: 'text' })
  content: string;

  @Column({ name: 'reply_to_seq', type: 'bigint', nullable: true })
  replyToSeq: number | null;

  @Column({ type: 'jsonb', nullable: true })
  system: SystemNoteDto | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @Column({ name: 'edited_at', type: 'timestamptz', nullable: true })
  editedAt: Date | null;

  @Column({ name: 'deleted_at', type: 'timestamptz', nullable: true })
  deletedAt: Date | null;
}
