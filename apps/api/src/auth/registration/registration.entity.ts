import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Language } from '../../platform/index.js';

/**
 * Somebody who has yet to prove that an e-mail address is theirs. Until then they own nothing: neither the address nor the
 * username is taken, and whoever completes a registration of theirs first has both.
 */
@Entity('registrations')
export class RegistrationEntity {
  /** The id the account will have. */
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'text' })
  email: string;

  @Column({ type: 'text' })
  username: string;

  @Column({ name: 'display_name', type: 'text' })
  displayName: string;

  @Column({ name: 'password_hash', type: 'text' })
  passwordHash: string;

  /** In E.164, unverified. */
  @Column({ type: 'text', nullable: true })
  phone: string | null;

  @Column({ type: 'text' })
  language: Language;

  @Column({ name: 'invite_id', type: 'uuid', nullable: true })
  inviteId: string | null;

  /** Null for an address that has an account: this registration is there only so that nobody can tell the difference. */
  @Column({ name: 'code_hash', type: 'bytea', nullable: true })
  codeHash: Buffer | null;

  @Column({ name: 'code_tries', type: 'integer' })
  codeTries: number;

  @Column({ name: 'code_sent_at', type: 'timestamptz' })
  codeSentAt: Date;

  @Column({ name: 'code_expires_at', type: 'timestamptz' })
  codeExpiresAt: Date;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;
}
