import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { AuditLog } from '../../audit/index.js';
import { type Actor, type Client, ProblemError } from '../../platform/index.js';
import {
  type Account,
  decodeUserCursor,
  encodeUserCursor,
  type ListUsersDto,
  toMe,
  UsersRepository,
} from '../../users/index.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import { SessionsService } from '../sessions/sessions.service.js';
import type { AdminUserDto, AdminUserPageDto } from './admin.dto.js';

const DEFAULT_PAGE = 50;

/** What administrators do with accounts. That nobody else comes here is seen to by `@AdminOnly()` on the routes. */
@Injectable()
export class AdminService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly users: UsersRepository,
    private readonly sessionRows: SessionsRepository,
    private readonly sessions: SessionsService,
    private readonly audit: AuditLog,
  ) {}

  /** Every account whose names hold the query, suspended ones included. */
  async page(_actor: Actor, { query = '', cursor, limit = DEFAULT_PAGE }: ListUsersDto): Promise<AdminUserPageDto> {
    const after = cursor === undefined ? undefined : decodeUserCursor(cursor);
    const found = await this.users.search({ query, after, limit: limit + 1, includeSuspended: true });
    const last = found.length > limit ? found[limit - 1] : undefined;
    return {
      items: found.slice(0, limit).map(({ user }) => toAdminUser(user)),
      nextCursor: last === undefined ? null : encodeUserCursor({ rank: last.rank, username: last.user.username }),
    };
  }

  /**
   * Suspends an account and ends its sessions at once. Suspending a suspended one changes nothing.
   * @throws ProblemError not_found; conflict for one's own account, and so for the last administrator's
   */
  async suspend(actor: Actor, id: string, client: Client): Promise<AdminUserDto> {
    if (id === actor.id) throw new ProblemError('conflict', 'Nobody can suspend themselves.');
    const { user, ended } = await this.database.transaction(async (manager) => {
      // Two administrators who suspend each other at the same moment must not both succeed.
      const administrators = await this.users.lockAdministrators(manager);
      if (!administrators.includes(actor.id)) throw new ProblemError('account_suspended');
      const user = await this.users.byId(id, manager);
      if (user === null) throw new ProblemError('not_found', 'There is no such person.');
      const suspended = await this.users.update(user, { suspendedAt: user.suspendedAt ?? new Date() }, manager);
      if (user.suspendedAt === null) {
        await this.audit.record({ action: 'account.suspended', actorId: actor.id, subjectId: id, client }, manager);
      }
      return { user: suspended, ended: await this.sessionRows.endAll(id, manager, undefined, 'suspended') };
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
      const user = await this.users.byId(id, manager);
      if (user === null) throw new ProblemError('not_found', 'There is no such person.');
      if (user.suspendedAt === null) return toAdminUser(user);
      await this.audit.record({ action: 'account.restored', actorId: actor.id, subjectId: id, client }, manager);
      return toAdminUser(await this.users.update(user, { suspendedAt: null }, manager));
    });
  }
}

function toAdminUser(user: Account): AdminUserDto {
  return { ...toMe(user), suspendedAt: user.suspendedAt?.toISOString() ?? null };
}
