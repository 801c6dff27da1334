import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  Config,
  ProblemError,
  type RegistrationPolicy,
  RegistrationSetting,
  type UserRole,
} from '../../platform/index.js';
import { UsersRepository } from '../../users/index.js';
import { InvitesService } from '../invites/invites.service.js';

/** Decides who may come in, and as what. */
@Injectable()
export class Admission {
  constructor(
    private readonly config: Config,
    private readonly setting: RegistrationSetting,
    private readonly users: UsersRepository,
    private readonly invites: InvitesService,
  ) {}

  /**
   * For somebody who begins to register.
   * @returns the id of the invitation they came with, if it is good
   * @throws ProblemError registration_closed, or sso_required where nobody registers with a form
   */
  async request(email: string, inviteToken: string | undefined): Promise<string | undefined> {
    this.requireForms();
    const inviteId = inviteToken === undefined ? undefined : await this.invites.idOf(inviteToken, email);
    const policy = await this.setting.current();
    if (admits(policy, email, inviteId !== undefined) || (await this.isFirstAdministrator(email))) return inviteId;
    throw new ProblemError('registration_closed');
  }

  /**
   * For somebody who has proved their address, under the lock that all completions share: what let them begin may be gone.
   * @returns what they are from now on
   * @throws ProblemError registration_closed, or sso_required where nobody registers with a form
   */
  async complete(email: string, inviteId: string | null, manager: EntityManager): Promise<UserRole> {
    this.requireForms();
    if (await this.isFirstAdministrator(email, manager)) return 'admin';
    const invited = inviteId !== null && (await this.invites.isLive(inviteId, manager));
    if (admits(await this.setting.current(manager), email, invited)) return 'user';
    throw new ProblemError('registration_closed');
  }

  /**
   * For somebody whose address the provider of single sign-on vouches for, under the same lock. They come without an
   * invitation's link, which is for proving an address; one that is open for theirs counts.
   * @returns what they are from now on
   * @throws ProblemError registration_closed
   */
  async completeSignOn(email: string, manager: EntityManager): Promise<UserRole> {
    if (await this.isFirstAdministrator(email, manager)) return 'admin';
    const invited = await this.invites.isOpenFor(email, manager);
    const policy = await this.setting.current(manager);
    if ((invited && policy.kind !== 'closed') || (this.config.oidc?.autoRegister && isOpenTo(policy, email))) {
      return 'user';
    }
    throw new ProblemError('registration_closed');
  }

  private requireForms(): void {
    if (this.config.oidc?.only) throw new ProblemError('sso_required');
  }

  /**
   * Whether somebody who has an account may give it this address: where addresses decide who comes in, not one of another domain.
   * @throws ProblemError forbidden
   */
  async requireDomain(email: string): Promise<void> {
    const policy = await this.setting.current();
    if (policy.kind !== 'domains' || isOpenTo(policy, email)) return;
    throw new ProblemError('forbidden', 'Accounts on this server need an address at one of certain domains.');
  }

  /** ADMIN_EMAIL's owner; without it, whoever is the first of all. */
  private async isFirstAdministrator(email: string, manager?: EntityManager): Promise<boolean> {
    if (this.config.adminEmail !== undefined) return email === this.config.adminEmail;
    return (await this.users.count(manager)) === 0;
  }
}

function admits(policy: RegistrationPolicy, email: string, invited: boolean): boolean {
  return isOpenTo(policy, email) || (invited && policy.kind !== 'closed');
}

function isOpenTo(policy: RegistrationPolicy, email: string): boolean {
  if (policy.kind === 'open') return true;
  // The whole of what follows the last @, so that neither sub-domains nor look-alikes pass.
  return policy.kind === 'domains' && policy.domains.includes(email.slice(email.lastIndexOf('@') + 1));
}
