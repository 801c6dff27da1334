import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PrivacyLevel } from './privacy-level.js';

/** What somebody lets others see, for those who have said so. */
@Entity('privacy_settings')
export class PrivacyEntity {
  @PrimaryColumn({ name: 'user_id', type: 'uuid' })
  userId: string;

  @Column({ type: 'text' })
  presence: PrivacyLevel;

  @Column({ name: 'last_seen', type: 'text' })
  lastSeen: PrivacyLevel;

  @Column({ type: 'text' })
  email: PrivacyLevel;

  @Column({ type: 'text' })
  phone: PrivacyLevel;

  /** Null for somebody who leaves it to the server. */
  @Column({ name: 'messages_from', type: 'text', nullable: true })
  messagesFrom: PrivacyLevel | null;
}
