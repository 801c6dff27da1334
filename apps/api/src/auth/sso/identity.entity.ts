import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Somebody as a provider of single sign-on knows them, and whose account that is. */
@Entity('identities')
export class IdentityEntity {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  /** The provider. */
  @Column({ type: 'text' })
  issuer: string;

  /** The person, by a name that the provider never gives to anybody else. */
  @Column({ type: 'text' })
  subject: string;

  @Column({ name: 'user_id', type: 'uuid' })
  userId: string;

  /** What the person recognises it by: the address or name that the provider told at the last sign-in. */
  @Column({ type: 'text' })
  label: string;

  @Column({ name: 'linked_at', type: 'timestamptz' })
  linkedAt: Date;

  @Column({ name: 'last_used_at', type: 'timestamptz', nullable: true })
  lastUsedAt: Date | null;
}
