import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { ProblemError } from '../../platform/index.js';
import { type Account, UsersRepository } from '../../users/index.js';
import { LoginChallengesRepository } from '../login/login-challenges.repository.js';
import { Passwords } from './passwords.js';

/** Hashes a password anew, at the only moment when it is known, once `PASSWORD_ROUNDS` has changed. */
@Injectable()
export class PasswordRenewal {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly users: UsersRepository,
    private readonly challenges: LoginChallengesRepository,
    private readonly passwords: Passwords,
  ) {}

  /**
   * What a session begins with, or a second step, is compared with the account's hash: so this comes before both, and answers with
   * the account as it is after it. Log-ins that wait for their second step go on with the new hash. Of two log-ins at once
   * one hashes anew; the other finds that it came late, and proves its password again.
   * @param password has just been proved to be that of the account
   * @throws ProblemError credentials_invalid when the account got another password meanwhile
   */
  async renew(user: Account, password: string): Promise<Account> {
    if (!this.passwords.isOutdated(user.passwordHash)) return user;
    const passwordHash = await this.passwords.hash(password);
    const renewed = await this.database.transaction(async (manager) => {
      // In the order in which a second step takes these rows: its challenge, then the account.
      await this.challenges.carryOver(user.id, user.passwordHash, passwordHash, manager);
      return this.users.exchangePasswordHash(user.id, user.passwordHash, passwordHash, manager);
    });
    if (renewed) return { ...user, passwordHash };
    const present = await this.users.byId(user.id);
    if (present === null || !(await this.passwords.matches(password, present.passwordHash)))
      throw new ProblemError('credentials_invalid');
    return present;
  }
}
