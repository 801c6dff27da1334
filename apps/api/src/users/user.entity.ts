import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Language, UserRole } from '../platform/index.js';

/** A person whose e-mail address is verified. Those who have yet to verify theirs are registrations (`auth/registration`). */
@Entity('users')
export class UserEntity {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  /** Normalised. */
  @Column({ type: 'text' })
  email: string;

  /** Normalised. */
  @Column({ type: 'text' })
  username: string;

  /** Null for a name that was never changed. */
  @Column({ name: 'username_changed_at', type: 'timestamptz', nullable: true, default: null })
  usernameChangedAt: Date | null;

  @Column({ name: 'display_name', type: 'text' })
  displayName: string;

  @Column({ type: 'text', default: '' })
  about: string;

  /** How they want to be spoken of; empty for those who leave it open. */
  @Column({ type: 'text', default: '' })
  pronouns: string;

  @Column({ name: 'avatar_url', type: 'text', nullable: true })
  avatarUrl: string | null;

  /** What people search in: the folded username and display name. */
  @Column({ name: 'search_key', type: 'text' })
  searchKey: string;

  @Column({ name: 'password_hash', type: 'text' })
  passwordHash: string;

  @Column({ name: 'email_verified_at', type: 'timestamptz' })
  emailVerifiedAt: Date;

  /** In E.164. Until it is verified it is a claim that several people may make. */
  @Column({ type: 'text', nullable: true })
  phone: string | null;

  @Column({ name: 'phone_verified_at', type: 'timestamptz', nullable: true })
  phoneVerifiedAt: Date | null;

  /** In which mails and text messages are written. */
  @Column({ type: 'text', default: 'en' })
  language: Language;

  @Column({ type: 'text' })
  role: UserRole;

  @Column({ name: 'suspended_at', type: 'timestamptz', nullable: true })
  suspendedAt: Date | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @Column({ name: 'deleted_at', type: 'timestamptz', nullable: true })
  deletedAt: Date | null;
}
