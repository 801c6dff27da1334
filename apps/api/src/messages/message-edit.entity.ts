import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a message said before one of its edits. */
@Entity('message_edits')
export class MessageEditEntity {
  @PrimaryColumn({ name: 'chat_id', type: 'uuid' })
  chatId: string;

  @PrimaryColumn({ type: 'bigint' })
  seq: number;

  /** The version that the edit took. */
  @PrimaryColumn({ type: 'bigint' })
  version: number;

  @Column({ type: 'text' })
  content: string;

  @Column({ name: 'edited_at', type: 'timestamptz' })
  editedAt: Date;
}
