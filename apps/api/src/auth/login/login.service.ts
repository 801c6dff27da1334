import { Injectable } from '@nestjs/common';
import { type Client, Config, ProblemError } from '../../platform/index.js';
import { normaliseEmail, normaliseUsername, UsersRepository } from '../../users/index.js';
import type { LoginDto } from '../auth.dto.js';
import { Passwords } from '../passwords/passwords.js';
import { RegistrationService } from '../registration/registration.service.js';
import { RegistrationsRepository } from '../registration/registrations.repository.js';
import { type IssuedTokens, SessionsService } from '../sessions/sessions.service.js';
import { AuthThrottles } from '../throttles.js';

/** Log-in with a password. */
@Injectable()
export class LoginService {
  constructor(
    private readonly users: UsersRepository,
    private readonly registrations: RegistrationsRepository,
    private readonly registration: RegistrationService,
    private readonly passwords: Passwords,
    private readonly sessions: SessionsService,
    private readonly throttles: AuthThrottles,
    private readonly config: Config,
  ) {}

  /**
   * Compares one password for the account and one for a registration that may wait, each whether or not there is one, so that
   * a failure takes as long and says the same for every name.
   * @throws ProblemError credentials_invalid; with the right password account_suspended or email_unverified; sso_required for
   *   everybody where passwords are not used
   */
  async login({ identifier, password }: LoginDto, client: Client): Promise<IssuedTokens> {
    if (this.config.oidc?.only) throw new ProblemError('sso_required');
    const isEmail = identifier.includes('@');
    const account = isEmail ? normaliseEmail(identifier) : normaliseUsername(identifier);
    await this.throttles.attempt('login', account, client);
    const user = await (isEmail ? this.users.byEmail(account) : this.users.byUsername(account));
    if ((await this.passwords.matches(password, user?.passwordHash)) && user !== null) {
      if (user.suspendedAt !== null) throw new ProblemError('account_suspended');
      await this.throttles.succeeded('login', account, client);
      return this.sessions.begin(user, client);
    }
    const waiting = await this.registrations.newest(isEmail ? { email: account } : { username: account });
    if ((await this.passwords.matches(password, waiting?.passwordHash)) && waiting !== null) {
      await this.registration.mailNewCode(waiting);
      throw new ProblemError('email_unverified');
    }
    throw new ProblemError('credentials_invalid');
  }
}
