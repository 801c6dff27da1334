import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { toDataURL } from 'qrcode';
import type { DataSource, EntityManager } from 'typeorm';
import { AuditLog } from '../../audit/index.js';
import { type Actor, type Client, ProblemError } from '../../platform/index.js';
import { type Account, UsersRepository } from '../../users/index.js';
import { LoginChallengesRepository } from '../login/login-challenges.repository.js';
import { Reauthentication } from '../passwords/reauthentication.js';
import { SecurityMails } from '../security-mails.js';
import { AuthThrottles } from '../throttles.js';
import { Factors } from './factors.js';
import type { RecoveryCodesDto, TotpSetupDto, TwoFactorDto } from './two-factor.dto.js';

/** What people do with their own second factor. Each change is written down and told to the owner. */
@Injectable()
export class TwoFactorService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly factors: Factors,
    private readonly challenges: LoginChallengesRepository,
    private readonly users: UsersRepository,
    private readonly reauthentication: Reauthentication,
    private readonly throttles: AuthThrottles,
    private readonly audit: AuditLog,
    private readonly mails: SecurityMails,
  ) {}

  state(actor: Actor): Promise<TwoFactorDto> {
    return this.factors.state(actor.id);
  }

  /** @throws ProblemError conflict when there is an app in use: that one is disabled first, with the password */
  async setup(actor: Actor): Promise<TotpSetupDto> {
    const user = await this.require(actor.id);
    const begun = await this.factors.begin(user);
    if (begun === undefined) throw new ProblemError('conflict', 'Two-step verification is on already.');
    return { ...begun, qrDataUrl: await toDataURL(begun.otpauthUrl, { margin: 1, scale: 6 }) };
  }

  /** @throws ProblemError code_invalid; conflict when no set-up waits for its code; rate_limited */
  async enable(actor: Actor, code: string, client: Client): Promise<RecoveryCodesDto> {
    await this.throttles.attempt('factor', actor.id, client);
    const user = await this.require(actor.id);
    const confirm = await this.factors.confirm(actor.id, code);
    const recoveryCodes = await this.changed(user, 'factor.enabled', client, confirm);
    await this.throttles.succeeded('factor', actor.id, client);
    this.mails.notice('twoStepOn', user, client);
    return { recoveryCodes };
  }

  /** @throws ProblemError credentials_invalid; conflict when it is off; rate_limited */
  async disable(actor: Actor, password: string, client: Client): Promise<void> {
    const user = await this.reauthentication.confirm(actor, password, client);
    await this.changed(user, 'factor.disabled', client, async (manager) => {
      if (!(await this.factors.remove(user.id, manager))) throw off();
    });
    this.mails.notice('twoStepOff', user, client);
  }

  /** @throws ProblemError credentials_invalid; conflict when it is off; rate_limited */
  async renewRecoveryCodes(actor: Actor, password: string, client: Client): Promise<RecoveryCodesDto> {
    const user = await this.reauthentication.confirm(actor, password, client);
    const recoveryCodes = await this.changed(user, 'factor.recovery-codes-renewed', client, async (manager) => {
      if (!(await this.factors.isOn(user.id, manager))) throw off();
      return this.factors.renewRecoveryCodes(user.id, manager);
    });
    this.mails.notice('recoveryCodesRenewed', user, client);
    return { recoveryCodes };
  }

  /** A change, its line in the log, and the end of log-ins that were begun before it and would ask for what no longer counts. */
  private changed<T>(
    user: Account,
    action: 'factor.enabled' | 'factor.disabled' | 'factor.recovery-codes-renewed',
    client: Client,
    change: (manager: EntityManager) => Promise<T>,
  ): Promise<T> {
    return this.database.transaction(async (manager) => {
      // First, as a log-in takes its locks in this order, too.
      await this.challenges.voidAll(user.id, manager);
      const result = await change(manager);
      const details = { factor: 'totp' };
      await this.audit.record({ action, actorId: user.id, subjectId: user.id, client, details }, manager);
      return result;
    });
  }

  private async require(id: string): Promise<Account> {
    const user = await this.users.byId(id);
    if (user === null) throw new ProblemError('session_ended');
    return user;
  }
}

function off(): ProblemError {
  return new ProblemError('conflict', 'Two-step verification is off.');
}
