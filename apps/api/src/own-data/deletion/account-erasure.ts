import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { AuditLog } from '../../audit/index.js';
import { SessionsRepository } from '../../auth/index.js';
import { type Client, OwnDataParts, ProblemError } from '../../platform/index.js';
import { UsersRepository } from '../../users/index.js';
import { DeletionsRepository } from './deletions.repository.js';

/** What of a deletion is in the database: the account is there as it was, or it is gone. */
@Injectable()
export class AccountErasure {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly users: UsersRepository,
    private readonly sessions: SessionsRepository,
    private readonly parts: OwnDataParts,
    private readonly deletions: DeletionsRepository,
    private readonly audit: AuditLog,
  ) {}

  /**
   * @returns the ids of the sessions that ended with it
   * @throws ProblemError conflict for the last administrator; session_ended where it is gone already
   */
  erase(userId: string, client: Client): Promise<string[]> {
    return this.database.transaction(async (manager) => {
      // Two administrators who go at the same moment must not both succeed.
      const administrators = await this.users.lockAdministrators(manager);
      if (administrators.includes(userId) && administrators.length === 1) {
        throw new ProblemError('conflict', 'You are the only administrator. Make somebody else one first.');
      }
      for (const part of this.parts.deletions) await part.erase(userId, manager);
      const ended = await this.sessions.endAll(userId, manager);
      if (!(await this.users.anonymise(userId, manager))) throw new ProblemError('session_ended');
      await this.deletions.begin(userId, manager);
      await this.audit.record({ action: 'account.deleted', actorId: userId, subjectId: userId, client }, manager);
      return ended;
    });
  }

  /** What came up since, for example when the last connection ended, goes too; and then there is nothing left to do. */
  settle(userId: string): Promise<void> {
    return this.database.transaction(async (manager) => {
      for (const part of this.parts.deletions) await part.erase(userId, manager);
      await this.deletions.forgetSessions(userId, manager);
      await this.deletions.finish(userId, manager);
    });
  }
}
