import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The one live code with which somebody may choose a new password. */
@Entity('password_resets')
export class PasswordResetEntity {
  @PrimaryColumn({ name: 'user_id', type: 'uuid' })
  userId: string;

  @Column({ name: 'code_hash', type: 'bytea' })
  codeHash: Buffer;

  @Column({ name: 'code_tries', type: 'integer' })
  codeTries: number;

  @Column({ name: 'code_sent_at', type: 'timestamptz' })
  codeSentAt: Date;

  @Column({ name: 'code_expires_at', type: 'timestamptz' })
  codeExpiresAt: Date;
}
