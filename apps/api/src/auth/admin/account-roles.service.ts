import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { AuditLog } from '../../audit/index.js';
import { type Actor, type Client, ProblemError } from '../../platform/index.js';
import { UsersRepository } from '../../users/index.js';
import { RoleChanges } from '../access/role-changes.js';
import { AuthMails } from '../auth-mails.js';
import { Reauthentication } from '../passwords/reauthentication.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import type { AdminUserDto, ChangeRoleDto } from './admin.dto.js';
import { toAdminUser } from './admin-user-view.js';
import { Administrators } from './administrators.js';

/** Who administrates. */
@Injectable()
export class AccountRolesService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly users: UsersRepository,
    private readonly administrators: Administrators,
    private readonly sessions: SessionsRepository,
    private readonly reauthentication: Reauthentication,
    private readonly roleChanges: RoleChanges,
    private readonly audit: AuditLog,
    private readonly mails: AuthMails,
  ) {}

  /**
   * Gives somebody a role, from now on and for the sessions they have. The role they have already changes nothing.
   * @throws ProblemError credentials_invalid, rate_limited; not_found; conflict for the last administrator's
   */
  async change(actor: Actor, id: string, { role, password }: ChangeRoleDto, client: Client): Promise<AdminUserDto> {
    await this.reauthentication.confirm(actor, password, client);
    const { user, before, sessionIds } = await this.database.transaction(async (manager) => {
      const administrators = await this.administrators.lock(actor, manager);
      const before = await this.administrators.account(id, manager);
      // Whoever takes the right from somebody else keeps it: only one's own can be the last.
      if (role !== 'admin' && administrators.every((administrator) => administrator === id)) {
        throw new ProblemError('conflict', 'A server needs an administrator. Make somebody else one first.');
      }
      const user = { ...before, role };
      if (!(await this.users.setRole(id, role, manager))) return { user, before, sessionIds: [] };
      const details = { from: before.role, to: role };
      await this.audit.record({ action: 'role.changed', actorId: actor.id, subjectId: id, client, details }, manager);
      // After the change of the row, for which a session that begins right now waits, or is waited for.
      return { user, before, sessionIds: await this.sessions.liveIds(id, manager) };
    });
    this.roleChanges.announce(sessionIds);
    if (before.role !== role) this.mails.roleChanged(user, role);
    return toAdminUser(user);
  }
}
