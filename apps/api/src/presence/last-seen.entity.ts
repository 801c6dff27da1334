import { Column, Entity, PrimaryColumn } from 'typeorm';

/** When a person's last device went away. */
@Entity('user_presence')
export class LastSeenEntity {
  @PrimaryColumn({ name: 'user_id', type: 'uuid' })
  userId: string;

  @Column({ name: 'last_seen_at', type: 'timestamptz' })
  lastSeenAt: Date;
}
