import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog } from '../../audit/index.js';
import type { Client, UserRole } from '../../platform/index.js';
import { type UserEntity, UsersRepository } from '../../users/index.js';
import { RoleChanges } from '../access/role-changes.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import type { ProviderProfile } from './provider-profile.js';

/** An account with the role that it has from now on. */
export interface RoleByClaim {
  user: UserEntity;
  /** The sessions that have another role than before. */
  changedFor: readonly string[];
}

/** Makes people at each sign-in what the provider says that they are, where it was given a say in that. */
@Injectable()
export class RolesByClaim {
  private readonly logger = new Logger('SingleSignOn');

  constructor(
    private readonly users: UsersRepository,
    private readonly sessions: SessionsRepository,
    private readonly changes: RoleChanges,
    private readonly audit: AuditLog,
  ) {}

  /** The last administrator stays one whatever the provider says: nobody would be left to make another. */
  async apply(
    user: UserEntity,
    { isAdministrator }: ProviderProfile,
    client: Client,
    manager: EntityManager,
  ): Promise<RoleByClaim> {
    const unchanged = { user, changedFor: [] };
    const role: UserRole = isAdministrator ? 'admin' : 'user';
    if (isAdministrator === undefined || role === user.role) return unchanged;
    if (role === 'user' && (await this.isLast(user.id, manager))) {
      this.logger.warn(`${user.id} stays an administrator against the provider's word, being the last one`);
      return unchanged;
    }
    const present = { ...user, role };
    // Of two sign-ins at the same moment the other one may have changed it already.
    if (!(await this.users.setRole(user.id, role, manager))) return { user: present, changedFor: [] };
    const details = { from: user.role, to: role, by: 'single-sign-on' };
    await this.audit.record({ action: 'role.changed', actorId: null, subjectId: user.id, client, details }, manager);
    return { user: present, changedFor: await this.sessions.liveIds(user.id, manager) };
  }

  /** Lets every node know; for after the commit. */
  announce({ changedFor }: RoleByClaim): void {
    this.changes.announce(changedFor);
  }

  /** Holds the administrators' rows: of two who step down at the same moment, one stays. */
  private async isLast(userId: string, manager: EntityManager): Promise<boolean> {
    const administrators = await this.users.lockAdministrators(manager);
    return administrators.every((id) => id === userId);
  }
}
