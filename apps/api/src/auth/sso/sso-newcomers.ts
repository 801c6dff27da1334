import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Client, type Language, newId, ProblemError } from '../../platform/index.js';
import { UsersRepository } from '../../users/index.js';
import { InvitesService } from '../invites/invites.service.js';
import { Passwords } from '../passwords/passwords.js';
import { Admission } from '../registration/admission.js';
import { type Newcomer, Newcomers } from '../registration/newcomers.js';
import { IdentitiesRepository } from './identities.repository.js';
import { IdentityLinks } from './identity-links.js';
import { displayNameFor, usernamesFor } from './newcomer-names.js';
import type { ProviderProfile } from './provider-profile.js';

/** Whose account it is, and whether it was there before and has just been linked. */
interface Reception {
  userId: string;
  linked: boolean;
}

/** Receives people with an identity that no account has yet. */
@Injectable()
export class SsoNewcomers {
  constructor(
    private readonly identities: IdentitiesRepository,
    private readonly links: IdentityLinks,
    private readonly users: UsersRepository,
    private readonly admission: Admission,
    private readonly invites: InvitesService,
    private readonly newcomers: Newcomers,
    private readonly passwords: Passwords,
  ) {}

  /**
   * Links the identity to the account with its address, or makes one. Everything hangs on the address: the provider must have
   * verified it, or whoever types somebody's address there would get into their account here. Ours are all verified.
   * @throws ProblemError sso_unverified, sso_conflict, registration_closed, account_suspended
   */
  async receive(
    profile: ProviderProfile,
    client: Client,
    language: Language,
    manager: EntityManager,
  ): Promise<Reception> {
    await this.newcomers.queue(manager);
    // Of two answers at the same moment, the other one may have been received while this one waited.
    const meanwhile = await this.identities.ownerOf(profile, manager);
    if (meanwhile !== undefined) return { userId: meanwhile, linked: false };
    const { verifiedEmail } = profile;
    if (verifiedEmail === undefined) throw new ProblemError('sso_unverified');
    const owner = await this.users.byEmail(verifiedEmail, manager);
    if (owner === null) {
      const userId = newId();
      await this.register({ id: userId, email: verifiedEmail, language }, profile, client, manager);
      return { userId, linked: false };
    }
    if (owner.suspendedAt !== null) throw new ProblemError('account_suspended');
    await this.links.add(owner.id, profile, { actorId: null, by: 'email', client }, manager);
    return { userId: owner.id, linked: true };
  }

  private async register(
    person: Pick<Newcomer, 'id' | 'email' | 'language'>,
    profile: ProviderProfile,
    client: Client,
    manager: EntityManager,
  ): Promise<void> {
    const { id, email } = person;
    const admitted = await this.admission.completeSignOn(email, manager);
    const invited = await this.invites.isOpenFor(email, manager);
    const passwordHash = this.passwords.unusable();
    const role = profile.isAdministrator ? 'admin' : admitted;
    for (const username of usernamesFor(profile)) {
      const displayName = displayNameFor(profile, username);
      const newcomer = { ...person, username, displayName, passwordHash, role, phone: null };
      if (await this.add(newcomer, invited, client, manager)) break;
    }
    await this.links.add(id, profile, { actorId: id, by: 'registration', client }, manager);
  }

  /** Answers with false for a username that somebody has, or one that looks like it. */
  private async add(newcomer: Newcomer, invited: boolean, client: Client, manager: EntityManager): Promise<boolean> {
    try {
      await this.newcomers.add(newcomer, { method: 'single-sign-on', invited }, client, manager);
      return true;
    } catch (error) {
      if (error instanceof ProblemError && error.code === 'username_taken') return false;
      throw error;
    }
  }
}
