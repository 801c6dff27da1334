import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { type Client, isUniqueViolation, type Language, ProblemError } from '../../platform/index.js';
import { UsersRepository } from '../../users/index.js';
import { type IssuedTokens, SessionsService } from '../sessions/sessions.service.js';
import { IdentityLinks } from './identity-links.js';
import { IdentitiesRepository } from './identities.repository.js';
import type { ProviderProfile } from './provider-profile.js';
import { type RoleByClaim, RolesByClaim } from './roles-by-claim.js';
import { SsoNewcomers } from './sso-newcomers.js';

/** How often a sign-in begins anew when somebody took the username or the identity that it was about to take. */
const ATTEMPTS = 3;

interface SignIn {
  tokens: IssuedTokens;
  role: RoleByClaim;
  /** Whether the account was there before and has just been linked. */
  linked: boolean;
}

/** Begins a session for whom the provider has identified. */
@Injectable()
export class SsoSignInService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly identities: IdentitiesRepository,
    private readonly users: UsersRepository,
    private readonly newcomers: SsoNewcomers,
    private readonly links: IdentityLinks,
    private readonly roles: RolesByClaim,
    private readonly sessions: SessionsService,
  ) {}

  /**
   * Signs in to the account that the identity belongs to, else links it to the account with its verified address, else makes an
   * account. The provider is trusted with the second factor: none of ours is asked for.
   * @throws ProblemError sso_unverified, sso_conflict, registration_closed, account_suspended
   */
  async signIn(profile: ProviderProfile, client: Client, language: Language): Promise<IssuedTokens> {
    const { tokens, role, linked } = await this.attempt((manager) => this.enter(profile, client, language, manager));
    if (linked) this.links.tell(role.user, profile);
    this.roles.announce(role);
    return tokens;
  }

  private async attempt(work: (manager: EntityManager) => Promise<SignIn>, attempt = 1): Promise<SignIn> {
    try {
      return await this.database.transaction(work);
    } catch (error) {
      if (!isUniqueViolation(error) || attempt === ATTEMPTS) throw error;
      return this.attempt(work, attempt + 1);
    }
  }

  private async enter(
    profile: ProviderProfile,
    client: Client,
    language: Language,
    manager: EntityManager,
  ): Promise<SignIn> {
    const known = await this.identities.ownerOf(profile, manager);
    const { userId, linked } =
      known === undefined
        ? await this.newcomers.receive(profile, client, language, manager)
        : { userId: known, linked: false };
    const user = await this.users.byId(userId, manager);
    if (user === null) throw new ProblemError('sso_failed');
    if (user.suspendedAt !== null) throw new ProblemError('account_suspended');
    const role = await this.roles.apply(user, profile, client, manager);
    await this.identities.used(profile, manager);
    const tokens = await this.sessions.begin(role.user, client, manager, 'single-sign-on');
    return { tokens, role, linked };
  }
}
