import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { AuditLog } from '../../audit/index.js';
import { type Actor, type Client, Config, isUniqueViolation, ProblemError } from '../../platform/index.js';
import { UsersRepository } from '../../users/index.js';
import { PasskeysRepository } from '../passkeys/passkeys.repository.js';
import { Passwords } from '../passwords/passwords.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import { IdentitiesRepository } from './identities.repository.js';
import { IdentityLinks } from './identity-links.js';
import type { IdentityEntity } from './identity.entity.js';
import type { ProviderProfile } from './provider-profile.js';
import type { IdentityDto, IdentityListDto } from './sso.dto.js';

/** One's own identities. */
@Injectable()
export class IdentitiesService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly identities: IdentitiesRepository,
    private readonly links: IdentityLinks,
    private readonly users: UsersRepository,
    private readonly sessions: SessionsRepository,
    private readonly passwords: Passwords,
    private readonly passkeys: PasskeysRepository,
    private readonly audit: AuditLog,
    private readonly config: Config,
  ) {}

  async list(actor: Actor): Promise<IdentityListDto> {
    const identities = await this.identities.ofUser(actor.id);
    return { items: identities.map(toIdentity), nextCursor: null };
  }

  /** @throws ProblemError conflict when the account has an identity of this provider already */
  async requireNone(actor: Actor, issuer: string): Promise<void> {
    if (await this.identities.has(actor.id, issuer))
      throw new ProblemError('conflict', 'Your account is linked already.');
  }

  /**
   * Links an identity to the account whose owner went to the provider for it, if that session has not ended meanwhile.
   * @throws ProblemError session_ended; sso_conflict when the identity is somebody else's, or the account has another one
   */
  async link(owner: { userId: string; sessionId: string }, profile: ProviderProfile, client: Client): Promise<void> {
    const { userId, sessionId } = owner;
    const state = await this.sessions.state(sessionId);
    if (state.kind !== 'live' || state.userId !== userId) throw new ProblemError('session_ended');
    try {
      await this.database.transaction(async (manager) => {
        if ((await this.identities.ownerOf(profile, manager)) !== undefined) throw new ProblemError('sso_conflict');
        await this.links.add(userId, profile, { actorId: userId, by: 'settings', client }, manager);
      });
    } catch (error) {
      if (isUniqueViolation(error)) throw new ProblemError('sso_conflict', undefined, { cause: error });
      throw error;
    }
    const user = await this.users.byId(userId);
    if (user !== null) this.links.tell(user, profile);
  }

  /**
   * Unlinks an identity of one's own.
   * @throws ProblemError not_found; conflict when there would be no way in any more
   */
  async unlink(actor: Actor, id: string, client: Client): Promise<void> {
    if (this.config.oidc?.only)
      throw new ProblemError('conflict', 'Single sign-on is the only way in here: without it you could not come back.');
    await this.database.transaction(async (manager) => {
      const gone = await this.identities.delete(actor.id, id, manager);
      if (gone === undefined) throw new ProblemError('not_found', 'You have no such identity.');
      if (!(await this.hasAnotherWayIn(actor.id, manager)))
        throw new ProblemError('conflict', 'Choose a password first: without it you could not come back.');
      const details = { issuer: gone.issuer };
      await this.audit.record(
        { action: 'identity.unlinked', actorId: actor.id, subjectId: actor.id, client, details },
        manager,
      );
    });
  }

  private async hasAnotherWayIn(userId: string, manager: EntityManager): Promise<boolean> {
    const user = await this.users.byId(userId, manager);
    if (user === null) return false;
    return this.passwords.isUsable(user.passwordHash) || this.passkeys.hasAny(userId, manager);
  }
}

/** For the owner's eyes. */
export function toIdentity({ id, issuer, label, linkedAt, lastUsedAt }: IdentityEntity): IdentityDto {
  return { id, issuer, label, linkedAt: linkedAt.toISOString(), lastUsedAt: lastUsedAt?.toISOString() ?? null };
}
