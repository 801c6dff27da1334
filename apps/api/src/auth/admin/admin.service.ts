import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { AuditLog } from '../../audit/index.js';
import { type Actor, type Client, ProblemError } from '../../platform/index.js';
import { decodeUserCursor, encodeUserCursor, UsersRepository } from '../../users/index.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import { SessionsService } from '../sessions/sessions.service.js';
import type { AdminUserDetailDto, AdminUserDto, AdminUserPageDto, ListAccountsDto } from './admin.dto.js';
import { toAdminUser } from './admin-user-view.js';
import { Administrators } from './administrators.js';
import { FactorResets } from './factor-resets.js';

const DEFAULT_PAGE = 50;

/** Accounts as administrators find and shut them. That nobody else comes here is seen to by `@AdminOnly()` on the routes. */
@Injectable()
export class AdminService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly users: UsersRepository,
    private readonly administrators: Administrators,
    private readonly sessionRows: SessionsRepository,
    private readonly sessions: SessionsService,
    private readonly factors: FactorResets,
    private readonly audit: AuditLog,
  ) {}

  /** Every account whose names hold the query, suspended ones included. */
  async page(_actor: Actor, filter: ListAccountsDto): Promise<AdminUserPageDto> {
    const { query = '', role, cursor, limit = DEFAULT_PAGE } = filter;
    const after = cursor === undefined ? undefined : decodeUserCursor(cursor);
    const suspended = filter.suspended === undefined ? undefined : filter.suspended === 'true';
    const found = await this.users.search({ query, after, limit: limit + 1, role, suspended });
    const last = found.length > limit ? found[limit - 1] : undefined;
    return {
      items: found.slice(0, limit).map(({ user }) => toAdminUser(user)),
      nextCursor: last === undefined ? null : encodeUserCursor({ rank: last.rank, username: last.user.username }),
    };
  }

  /** @throws ProblemError not_found */
  async account(_actor: Actor, id: string): Promise<AdminUserDetailDto> {
    const user = await this.administrators.account(id);
    const factors = await this.factors.state(id, this.database.manager);
    return { ...toAdminUser(user), factors, sessions: (await this.sessionRows.live(id)).length };
  }

  /**
   * Suspends an account and ends its sessions at once. Suspending a suspended one changes nothing.
   * @throws ProblemError not_found; conflict for one's own account, and so for the last administrator's
   */
  async suspend(actor: Actor, id: string, client: Client): Promise<AdminUserDto> {
    if (id === actor.id) throw new ProblemError('conflict', 'Nobody can suspend themselves.');
    const { user, ended } = await this.database.transaction(async (manager) => {
      await this.administrators.lock(actor, manager);
      if (await this.users.suspend(id, manager)) {
        await this.audit.record({ action: 'account.suspended', actorId: actor.id, subjectId: id, client }, manager);
      }
      const user = await this.administrators.account(id, manager);
      return { user, ended: await this.sessionRows.endAll(id, manager, undefined, 'suspended') };
    });
    this.sessions.announce(id, ended, 'suspended');
    return toAdminUser(user);
  }

  /**
   * Lets a suspended account in again; it has to log in anew.
   * @throws ProblemError not_found
   */
  async restore(actor: Actor, id: string, client: Client): Promise<AdminUserDto> {
    return await this.database.transaction(async (manager) => {
      await this.administrators.lock(actor, manager);
      if (await this.users.restore(id, manager)) {
        await this.audit.record({ action: 'account.restored', actorId: actor.id, subjectId: id, client }, manager);
      }
      return toAdminUser(await this.administrators.account(id, manager));
    });
  }
}
