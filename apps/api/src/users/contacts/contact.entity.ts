import { CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** Somebody has added somebody to their contacts. It says nothing about the other direction. */
@Entity('contacts')
export class ContactEntity {
  @PrimaryColumn({ name: 'user_id', type: 'uuid' })
  userId: string;

  @PrimaryColumn({ name: 'contact_id', type: 'uuid' })
  contactId: string;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;
}
