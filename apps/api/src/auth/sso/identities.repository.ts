import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { newId } from '../../platform/index.js';
import { IdentityEntity } from './identity.entity.js';
import type { ProviderProfile } from './provider-profile.js';

/** Who somebody is at the provider. */
type Subject = Pick<ProviderProfile, 'issuer' | 'subject'>;

/** The rows of identities. Methods that take part in somebody's transaction take its manager. Times are the database's. */
@Injectable()
export class IdentitiesRepository {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /** The id of the account that an identity belongs to; deleted accounts have none. */
  async ownerOf({ issuer, subject }: Subject, manager: EntityManager): Promise<string | undefined> {
    const [row] = await manager.query<{ id: string }[]>(
      `SELECT u.id FROM identities i JOIN users u ON u.id = i.user_id
       WHERE i.issuer = $1 AND i.subject = $2 AND u.deleted_at IS NULL`,
      [issuer, subject],
    );
    return row?.id;
  }

  /** Whether an account has an identity of this provider. */
  has(userId: string, issuer: string, manager: EntityManager = this.database.manager): Promise<boolean> {
    return manager.existsBy(IdentityEntity, { userId, issuer });
  }

  /** An identity whose account was deleted is free again. */
  async insert(userId: string, { issuer, subject, label }: ProviderProfile, manager: EntityManager): Promise<void> {
    await manager.query(
      `DELETE FROM identities i USING users u
       WHERE i.issuer = $1 AND i.subject = $2 AND u.id = i.user_id AND u.deleted_at IS NOT NULL`,
      [issuer, subject],
    );
    await manager.query(`INSERT INTO identities (id, issuer, subject, user_id, label) VALUES ($1, $2, $3, $4, $5)`, [
      newId(),
      issuer,
      subject,
      userId,
      label,
    ]);
  }

  /** Notes that somebody has come in by an identity. */
  async used({ issuer, subject, label }: ProviderProfile, manager: EntityManager): Promise<void> {
    await manager.query(`UPDATE identities SET last_used_at = now(), label = $3 WHERE issuer = $1 AND subject = $2`, [
      issuer,
      subject,
      label,
    ]);
  }

  /** The one linked first comes first. */
  ofUser(userId: string): Promise<IdentityEntity[]> {
    return this.database.manager.find(IdentityEntity, { where: { userId }, order: { id: 'ASC' } });
  }

  /** Deletes an identity of an account. Answers with what it was. */
  async delete(userId: string, id: string, manager: EntityManager): Promise<Subject | undefined> {
    const [rows] = await manager.query<[Subject[], number]>(
      `DELETE FROM identities WHERE id = $1 AND user_id = $2 RETURNING issuer, subject`,
      [id, userId],
    );
    return rows[0];
  }

  /** Deletes whom an account is at any provider, and what was under way there. */
  async deleteOf(userId: string, manager: EntityManager): Promise<void> {
    await manager.delete(IdentityEntity, { userId });
    await manager.query(`DELETE FROM sso_flows WHERE user_id = $1`, [userId]);
  }
}
