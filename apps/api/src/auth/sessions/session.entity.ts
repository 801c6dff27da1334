import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A log-in and the family of refresh tokens that descends from it. */
@Entity('sessions')
export class SessionEntity {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'user_id', type: 'uuid' })
  userId: string;

  @Column({ name: 'user_agent', type: 'text' })
  userAgent: string;

  @Column({ type: 'text' })
  address: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @Column({ name: 'last_used_at', type: 'timestamptz' })
  lastUsedAt: Date;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt: Date;

  @Column({ name: 'ended_at', type: 'timestamptz', nullable: true })
  endedAt: Date | null;

  /** SHA-256 of the one refresh token that is good. */
  @Column({ name: 'token_hash', type: 'bytea' })
  tokenHash: Buffer;

  /** SHA-256 of the one it replaced, whose repetition is forgiven for a while. */
  @Column({ name: 'previous_token_hash', type: 'bytea', nullable: true })
  previousTokenHash: Buffer | null;

  @Column({ name: 'rotated_at', type: 'timestamptz', nullable: true })
  rotatedAt: Date | null;
}
