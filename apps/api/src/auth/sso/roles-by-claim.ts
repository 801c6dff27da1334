import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog } from '../../audit/index.js';
import type { Client, UserRole } from '../../platform/index.js';
import { type UserEntity, UsersRepository } from '../../users/index.js';
import type { ProviderProfile } from './provider-profile.js';

/** Makes people at each sign-in what the provider says that they are, where it was given a say in that. */
@Injectable()
export class RolesByClaim {
  private readonly logger = new Logger('SingleSignOn');

  constructor(
    private readonly users: UsersRepository,
    private readonly audit: AuditLog,
  ) {}

  /**
   * The last administrator stays one whatever the provider says: nobody would be left to make another.
   * @returns the account as it is from now on
   */
  async apply(
    user: UserEntity,
    { isAdministrator }: ProviderProfile,
    client: Client,
    manager: EntityManager,
  ): Promise<UserEntity> {
    const role: UserRole = isAdministrator ? 'admin' : 'user';
    if (isAdministrator === undefined || role === user.role) return user;
    if (role === 'user' && (await this.isLast(user.id, manager))) {
      this.logger.warn(`${user.id} stays an administrator against the provider's word, being the last one`);
      return user;
    }
    const changed = await this.users.update(user, { role }, manager);
    const details = { from: user.role, to: role, by: 'sso' };
    await this.audit.record({ action: 'role.changed', actorId: null, subjectId: user.id, client, details }, manager);
    return changed;
  }

  /** Holds the administrators' rows: of two who step down at the same moment, one stays. */
  private async isLast(userId: string, manager: EntityManager): Promise<boolean> {
    const administrators = await this.users.lockAdministrators(manager);
    return administrators.every((id) => id === userId);
  }
}
