import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog } from '../../audit/index.js';
import { type Client, ProblemError } from '../../platform/index.js';
import type { UserEntity } from '../../users/index.js';
import { AuthMails } from '../auth-mails.js';
import { IdentitiesRepository } from './identities.repository.js';
import { IdentityProvider } from './identity-provider.js';
import type { ProviderProfile } from './provider-profile.js';

/** By whom and how an account got an identity. */
interface LinkOrigin {
  /** Null where it was the provider's word for the address that did it. */
  actorId: string | null;
  by: 'email' | 'registration' | 'settings';
  client: Client;
}

/** Ties identities to accounts, each time with a note in the audit log. */
@Injectable()
export class IdentityLinks {
  constructor(
    private readonly identities: IdentitiesRepository,
    private readonly provider: IdentityProvider,
    private readonly audit: AuditLog,
    private readonly mails: AuthMails,
  ) {}

  /**
   * @throws ProblemError sso_conflict when the account has another identity of this provider: an address that was given to
   *   somebody else there would lead them into the account of whoever had it before
   */
  async add(userId: string, profile: ProviderProfile, origin: LinkOrigin, manager: EntityManager): Promise<void> {
    const { issuer } = profile;
    if (await this.identities.has(userId, issuer, manager)) throw new ProblemError('sso_conflict');
    await this.identities.insert(userId, profile, manager);
    const { actorId, by, client } = origin;
    const details = { issuer, by };
    await this.audit.record({ action: 'identity.linked', actorId, subjectId: userId, client, details }, manager);
  }

  /** Tells the owner of an account that somebody can sign in to it from now on; for after the commit. */
  tell(owner: Pick<UserEntity, 'email' | 'displayName' | 'language'>, { label }: ProviderProfile): void {
    this.mails.identityLinked(owner, this.provider.settings.name, label);
  }
}
