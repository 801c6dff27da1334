import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { type DataSource, type EntityManager, LessThan, MoreThan } from 'typeorm';
import { InviteEntity } from './invite.entity.js';

/** The rows of invitations. Methods that take part in somebody's transaction take its manager. */
@Injectable()
export class InvitesRepository {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /** Stores an invitation in place of an earlier one for the same address. */
  async put(invite: InviteEntity, manager: EntityManager): Promise<void> {
    await manager.delete(InviteEntity, { email: invite.email });
    await manager.insert(InviteEntity, invite);
  }

  byToken(tokenHash: Buffer, email: string): Promise<InviteEntity | null> {
    return this.database.manager.findOneBy(InviteEntity, { tokenHash, email, expiresAt: MoreThan(new Date()) });
  }

  live(id: string, manager: EntityManager): Promise<InviteEntity | null> {
    return manager.findOneBy(InviteEntity, { id, expiresAt: MoreThan(new Date()) });
  }

  liveByEmail(email: string, manager: EntityManager): Promise<InviteEntity | null> {
    return manager.findOneBy(InviteEntity, { email, expiresAt: MoreThan(new Date()) });
  }

  /** Newest first. */
  page(limit: number, beforeId?: string): Promise<InviteEntity[]> {
    const where = beforeId === undefined ? {} : { id: LessThan(beforeId) };
    return this.database.manager.find(InviteEntity, { where, order: { id: 'DESC' }, take: limit });
  }

  /** Puts another link in the place of an invitation's, good from now on. Undefined where it is no more. */
  async renew(
    id: string,
    tokenHash: Buffer,
    seconds: number,
    manager: EntityManager,
  ): Promise<InviteEntity | undefined> {
    const [, count] = await manager.query<[unknown[], number]>(
      `UPDATE invites SET token_hash = $2, expires_at = now() + make_interval(secs => $3) WHERE id = $1`,
      [id, tokenHash, seconds],
    );
    return count === 0 ? undefined : manager.findOneByOrFail(InviteEntity, { id });
  }

  /** Answers with whether there was one. */
  async delete(id: string, manager: EntityManager): Promise<boolean> {
    const { affected } = await manager.delete(InviteEntity, { id });
    return affected === 1;
  }

  async deleteByEmail(email: string, manager: EntityManager): Promise<void> {
    await manager.delete(InviteEntity, { email });
  }
}
