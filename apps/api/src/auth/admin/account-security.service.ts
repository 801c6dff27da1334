import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { AuditLog } from '../../audit/index.js';
import { type Actor, type Client, ProblemError } from '../../platform/index.js';
import { AuthMails } from '../auth-mails.js';
import { LoginChallengesRepository } from '../login/login-challenges.repository.js';
import { PasswordResetService } from '../passwords/password-reset.service.js';
import { Reauthentication } from '../passwords/reauthentication.js';
import type { AdminUserDetailDto } from './admin.dto.js';
import { AdminService } from './admin.service.js';
import { Administrators } from './administrators.js';
import { FactorResets } from './factor-resets.js';

/** Helps people back in who have lost their phone or forgotten their password. */
@Injectable()
export class AccountSecurityService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly accounts: AdminService,
    private readonly administrators: Administrators,
    private readonly factors: FactorResets,
    private readonly challenges: LoginChallengesRepository,
    private readonly reauthentication: Reauthentication,
    private readonly passwordResets: PasswordResetService,
    private readonly audit: AuditLog,
    private readonly mails: AuthMails,
  ) {}

  /**
   * Takes every factor beside the password from an account: from then on its password and its mailbox let in.
   * @throws ProblemError credentials_invalid, rate_limited; not_found; conflict for one's own account
   */
  async resetFactors(actor: Actor, id: string, password: string, client: Client): Promise<AdminUserDetailDto> {
    if (id === actor.id) throw new ProblemError('conflict', 'Your own factors are changed in your settings.');
    await this.reauthentication.confirm(actor, password, client);
    const user = await this.database.transaction(async (manager) => {
      await this.administrators.lock(actor, manager);
      const user = await this.administrators.account(id, manager);
      // Before the factors, as a log-in takes its locks in this order, too. One that waits asks for what is gone.
      await this.challenges.voidAll(id, manager);
      const taken = await this.factors.reset(id, manager);
      const details = Object.fromEntries(taken.map(({ kind, count }) => [kind, count]));
      await this.audit.record({ action: 'factor.reset', actorId: actor.id, subjectId: id, client, details }, manager);
      return user;
    });
    this.mails.factorsReset(user);
    return this.accounts.account(actor, id);
  }

  /**
   * Mails a code for a new password, as if its owner had asked for it. The administrator does not get to see it.
   * @throws ProblemError not_found; conflict for a suspended account, and when a code was sent just now
   */
  async sendPasswordReset(actor: Actor, id: string, client: Client): Promise<void> {
    const user = await this.administrators.account(id);
    if (user.suspendedAt !== null) throw new ProblemError('conflict', 'This account is suspended. Restore it first.');
    if (!(await this.passwordResets.send(user))) {
      throw new ProblemError('conflict', 'A code was sent less than half a minute ago.');
    }
    await this.audit.record({ action: 'password.reset-sent', actorId: actor.id, subjectId: id, client });
  }
}
