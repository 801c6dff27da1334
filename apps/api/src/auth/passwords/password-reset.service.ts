import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { AuditLog } from '../../audit/index.js';
import { type Client, ProblemError } from '../../platform/index.js';
import { type Account, UsersRepository } from '../../users/index.js';
import type { ForgotPasswordDto, ResetPasswordDto } from '../auth.dto.js';
import { AuthMails } from '../auth-mails.js';
import { Codes } from '../codes/codes.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { requireStrength } from './password-strength.js';
import { Passwords } from './passwords.js';
import { PasswordResetsRepository } from './password-resets.repository.js';

/** A new password for somebody who can read their mail but has forgotten the old one. */
@Injectable()
export class PasswordResetService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly resets: PasswordResetsRepository,
    private readonly users: UsersRepository,
    private readonly sessionRows: SessionsRepository,
    private readonly sessions: SessionsService,
    private readonly passwords: Passwords,
    private readonly codes: Codes,
    private readonly mails: AuthMails,
    private readonly audit: AuditLog,
  ) {}

  /** Mails a code, if there is such an account in good standing and the last code was not sent just now. Nobody learns which. */
  async request({ email }: ForgotPasswordDto): Promise<void> {
    const user = await this.users.byEmail(email);
    if (user === null || user.suspendedAt !== null) return;
    await this.send(user);
  }

  /** Mails a code to the owner of an account, unless the last one was sent just now. Answers with whether it did. */
  async send(user: Account): Promise<boolean> {
    const { code, hash } = this.codes.make(user.id);
    const sent = await this.resets.putCode(user.id, hash);
    if (sent) this.mails.passwordReset(user, code);
    return sent;
  }

  /**
   * Sets the new password and ends every session: whoever knew the old one is out. A weak one does not use up the code.
   * @throws ProblemError code_invalid; validation_failed for a weak password
   */
  async reset({ email, code, password }: ResetPasswordDto, client: Client): Promise<void> {
    requireStrength(password, { email });
    const guessed = await this.resets.takeTry(email);
    if (guessed === undefined || !this.codes.matches(guessed, code)) throw new ProblemError('code_invalid');
    // By what the owner is called only now: it would tell others that there is one.
    requireStrength(password, (await this.users.byId(guessed.id)) ?? { email });
    const passwordHash = await this.passwords.hash(password);
    const { user, ended } = await this.database.transaction(async (manager) => {
      if (!(await this.resets.use(guessed, manager))) throw new ProblemError('code_invalid');
      const user = await this.users.byId(guessed.id, manager);
      if (user === null) throw new ProblemError('code_invalid');
      await this.users.update(user, { passwordHash }, manager);
      const ended = await this.sessionRows.endAll(user.id, manager, undefined, 'password_reset');
      const details = { sessionsEnded: ended.length };
      await this.audit.record(
        { action: 'password.reset', actorId: user.id, subjectId: user.id, client, details },
        manager,
      );
      return { user, ended };
    });
    this.sessions.announce(user.id, ended, 'password_reset');
    this.mails.passwordChanged(user);
  }
}
