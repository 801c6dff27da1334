import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The public half of a passkey, with which its owner signs in without a password. */
@Entity('passkeys')
export class PasskeyEntity {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'user_id', type: 'uuid' })
  userId: string;

  /** What the authenticator calls it, base64url. */
  @Column({ name: 'credential_id', type: 'text' })
  credentialId: string;

  /** COSE. */
  @Column({ name: 'public_key', type: 'bytea' })
  publicKey: Buffer;

  /** The highest signature counter seen, as text: it goes to 2³²−1. */
  @Column({ type: 'bigint' })
  counter: string;

  /** Whether it may be on several devices, so that its counter says nothing. */
  @Column({ type: 'boolean' })
  synced: boolean;

  @Column({ type: 'text', array: true })
  transports: string[];

  @Column({ type: 'text' })
  name: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @Column({ name: 'last_used_at', type: 'timestamptz', nullable: true })
  lastUsedAt: Date | null;
}
