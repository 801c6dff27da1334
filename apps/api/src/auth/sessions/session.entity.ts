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

  /** Whom the address counts for (`Client.addressKey`). Empty for sessions that began before devices were told apart. */
  @Column({ name: 'address_key', type: 'text', default: '' })
  addressKey: string;

  /** Town and country as a trusted proxy told them, or empty. */
  @Column({ type: 'text', default: '' })
  place: string;

  /** Keyed hash of the token in the device's cookie. */
  @Column({ name: 'device_hash', type: 'bytea', nullable: true })
  deviceHash: Buffer | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @Column({ name: 'last_used_at', type: 'timestamptz' })
  lastUsedAt: Date;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt: Date;

  @Column({ name: 'ended_at', type: 'timestamptz', nullable: true })
  endedAt: Date | null;

  /** A `SessionEndReason`. */
  @Column({ name: 'end_reason', type: 'text', nullable: true })
  endReason: string | null;

  /** SHA-256 of the one refresh token that is good. */
  @Column({ name: 'token_hash', type: 'bytea' })
  tokenHash: Buffer;

  /** SHA-256 of the one it replaced, whose repetition is forgiven for a while. */
  @Column({ name: 'previous_token_hash', type: 'bytea', nullable: true })
  previousTokenHash: Buffer | null;

  @Column({ name: 'rotated_at', type: 'timestamptz', nullable: true })
  rotatedAt: Date | null;
}
