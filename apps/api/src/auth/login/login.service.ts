import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/index.js';
import { type Client, Config, ProblemError } from '../../platform/index.js';
import { type Account, normaliseEmail, normaliseUsername, UsersRepository } from '../../users/index.js';
import { PasswordRenewal } from '../passwords/password-renewal.js';
import { Passwords } from '../passwords/passwords.js';
import { RegistrationService } from '../registration/registration.service.js';
import { RegistrationsRepository } from '../registration/registrations.repository.js';
import type { IssuedTokens } from '../sessions/sessions.service.js';
import { AuthThrottles } from '../throttles.js';
import type { ChallengedDto, LoginDto } from './login.dto.js';
import { PasswordLogin } from './password-login.js';

/** The first step of a log-in: the password. */
@Injectable()
export class LoginService {
  constructor(
    private readonly users: UsersRepository,
    private readonly registrations: RegistrationsRepository,
    private readonly registration: RegistrationService,
    private readonly passwords: Passwords,
    private readonly renewal: PasswordRenewal,
    private readonly throttles: AuthThrottles,
    private readonly audit: AuditLog,
    private readonly next: PasswordLogin,
    private readonly config: Config,
  ) {}

  /**
   * Compares one password for the account and one for a registration that may wait, each whether or not there is one, so that
   * a failure takes as long and says the same for every name.
   * @throws ProblemError credentials_invalid; with the right password account_suspended or email_unverified; sso_required for
   *   everybody where passwords are not used
   */
  async login({ identifier, password }: LoginDto, client: Client): Promise<IssuedTokens | ChallengedDto> {
    if (this.config.oidc?.only) throw new ProblemError('sso_required');
    const isEmail = identifier.includes('@');
    const account = isEmail ? normaliseEmail(identifier) : normaliseUsername(identifier);
    await this.throttles.attempt('login', account, client);
    const user = await (isEmail ? this.users.byEmail(account) : this.users.byUsername(account));
    if ((await this.passwords.matches(password, user?.passwordHash)) && user !== null) {
      if (user.suspendedAt !== null) throw new ProblemError('account_suspended');
      await this.throttles.succeeded('login', account, client);
      return this.next.proceed(await this.renewal.renew(user, password), client);
    }
    const waiting = await this.registrations.newest(isEmail ? { email: account } : { username: account });
    // Written down while the other password is compared, which takes longer: time does not tell that there is an account.
    const [right] = await Promise.all([
      this.passwords.matches(password, waiting?.passwordHash),
      this.recordFailure(user, client),
    ]);
    if (right && waiting !== null) {
      await this.registration.mailNewCode(waiting);
      throw new ProblemError('email_unverified');
    }
    throw new ProblemError('credentials_invalid');
  }

  /** Of accounts only: what somebody typed in the place of a name may be a password. */
  private async recordFailure(user: Account | null, client: Client): Promise<void> {
    if (user === null) return;
    const details = { step: 'password' };
    await this.audit.record({ action: 'login.failed', actorId: null, subjectId: user.id, client, details });
  }
}
