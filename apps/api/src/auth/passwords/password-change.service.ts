import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { AuditLog } from '../../audit/index.js';
import { type Actor, type Client, ProblemError } from '../../platform/index.js';
import { UsersRepository } from '../../users/index.js';
import { SecurityMails } from '../security-mails.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import { SessionsService } from '../sessions/sessions.service.js';
import type { ChangePasswordDto } from './password.dto.js';
import { requireStrength } from './password-strength.js';
import { Passwords } from './passwords.js';
import { Reauthentication } from './reauthentication.js';

/** Another password for somebody who is logged in and knows the present one. */
@Injectable()
export class PasswordChangeService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly reauthentication: Reauthentication,
    private readonly users: UsersRepository,
    private readonly sessionRows: SessionsRepository,
    private readonly sessions: SessionsService,
    private readonly passwords: Passwords,
    private readonly mails: SecurityMails,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Sets the new password and ends every other session: whoever knew the old one is out, and who changed it stays.
   * @throws ProblemError credentials_invalid, password_unset; validation_failed for a weak password or the present one; conflict
   * when it has been changed meanwhile
   */
  async change(actor: Actor, { current, password }: ChangePasswordDto, client: Client): Promise<void> {
    const user = await this.reauthentication.confirm(actor, current, client);
    if (password === current) {
      const errors = [{ path: 'password', message: 'password is the one that you have' }];
      throw new ProblemError('validation_failed', undefined, { errors });
    }
    requireStrength(password, user);
    const passwordHash = await this.passwords.hash(password);
    const ended = await this.database.transaction(async (manager) => {
      if (!(await this.users.exchangePasswordHash(user.id, user.passwordHash, passwordHash, manager)))
        throw new ProblemError('conflict', 'Your password has just been changed elsewhere.');
      const ids = await this.sessionRows.endAll(user.id, manager, actor.sessionId, 'password_reset');
      const details = { sessionsEnded: ids.length };
      await this.audit.record(
        { action: 'password.changed', actorId: user.id, subjectId: user.id, client, details },
        manager,
      );
      return ids;
    });
    this.sessions.announce(user.id, ended, 'password_reset');
    this.mails.notice('ownPasswordChanged', user, client);
  }
}
