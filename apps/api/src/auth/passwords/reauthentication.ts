import { Injectable } from '@nestjs/common';
import { type Actor, type Client, ProblemError } from '../../platform/index.js';
import { type Account, UsersRepository } from '../../users/index.js';
import { AuthThrottles } from '../throttles.js';
import { Passwords } from './passwords.js';

/** For who came by single sign-on; a mailed code is their way to a first password. */
const CHOOSE_ONE = 'Your account has no password yet. Log out and choose one with “Forgot your password?”.';

/** Makes sure, before what cannot be taken back, that it is the owner who asks, and not somebody at a device left open. */
@Injectable()
export class Reauthentication {
  constructor(
    private readonly users: UsersRepository,
    private readonly passwords: Passwords,
    private readonly throttles: AuthThrottles,
  ) {}

  /**
   * @returns the account whose password this is
   * @throws ProblemError credentials_invalid, password_unset, rate_limited
   */
  async confirm(actor: Actor, password: string, client: Client): Promise<Account> {
    await this.throttles.attempt('login', actor.id, client);
    const user = await this.users.byId(actor.id);
    if (user !== null && !this.passwords.isUsable(user.passwordHash))
      throw new ProblemError('password_unset', CHOOSE_ONE);
    const right = await this.passwords.matches(password, user?.passwordHash);
    if (!right || user === null) throw new ProblemError('credentials_invalid', 'This is not your password.');
    await this.throttles.succeeded('login', actor.id, client);
    return user;
  }
}
