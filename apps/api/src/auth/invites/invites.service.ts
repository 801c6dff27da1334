import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { AuditLog } from '../../audit/index.js';
import {
  type Actor,
  type Client,
  isUniqueViolation,
  newId,
  ProblemError,
  RegistrationSetting,
} from '../../platform/index.js';
import { type Account, UsersRepository } from '../../users/index.js';
import { AuthMails } from '../auth-mails.js';
import { INVITATION_DAYS } from '../mails/durations.js';
import type { CreateInviteDto, InviteDto, InvitePageDto, ListInvitesDto } from './invite.dto.js';
import type { InviteEntity } from './invite.entity.js';
import { InvitesRepository } from './invites.repository.js';

const LIFETIME_MS = INVITATION_DAYS * 24 * 3600 * 1000;
const TOKEN_BYTES = 32;
const DEFAULT_PAGE = 50;

/** Invitations by mail. That only administrators come here is seen to by `@AdminOnly()` on the routes. */
@Injectable()
export class InvitesService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly invites: InvitesRepository,
    private readonly users: UsersRepository,
    private readonly mails: AuthMails,
    private readonly registration: RegistrationSetting,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Invites an address; a second invitation takes the place of the first, whose link is dead from then on.
   * @throws ProblemError conflict when the address has an account already, or nobody at all may register
   */
  async invite(actor: Actor, { email }: CreateInviteDto, client: Client): Promise<InviteDto> {
    await this.requireOpen();
    if ((await this.users.byEmail(email)) !== null)
      throw new ProblemError('conflict', 'This address has an account already.');
    const host = await this.host(actor);
    const token = newToken();
    const createdAt = new Date();
    const expiresAt = new Date(createdAt.getTime() + LIFETIME_MS);
    const invite = { id: newId(), email, tokenHash: hashOf(token), invitedBy: actor.id, createdAt, expiresAt };
    try {
      await this.database.transaction(async (manager) => {
        await this.invites.put(invite, manager);
        const details = { inviteId: invite.id, email };
        await this.audit.record(
          { action: 'invite.created', actorId: actor.id, subjectId: null, client, details },
          manager,
        );
      });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      throw new ProblemError('conflict', 'Somebody else is inviting this address right now.', { cause: error });
    }
    this.mails.invitation(email, host, token);
    return toInvite(invite);
  }

  /** @throws ProblemError not_found; conflict when nobody at all may register */
  async resend(actor: Actor, id: string, client: Client): Promise<InviteDto> {
    await this.requireOpen();
    const host = await this.host(actor);
    const token = newToken();
    const invite = await this.database.transaction(async (manager) => {
      const invite = await this.invites.renew(id, hashOf(token), LIFETIME_MS / 1000, manager);
      if (invite === undefined) throw noInvitation();
      const details = { inviteId: id, email: invite.email };
      await this.audit.record(
        { action: 'invite.resent', actorId: actor.id, subjectId: null, client, details },
        manager,
      );
      return invite;
    });
    this.mails.invitation(invite.email, host, token);
    return toInvite(invite);
  }

  /** Invitations that nobody has used yet, expired ones included, newest first. */
  async page(_actor: Actor, { cursor, limit = DEFAULT_PAGE }: ListInvitesDto): Promise<InvitePageDto> {
    const invites = await this.invites.page(limit + 1, cursor);
    const last = invites.length > limit ? invites[limit - 1] : undefined;
    return { items: invites.slice(0, limit).map(toInvite), nextCursor: last?.id ?? null };
  }

  /** @throws ProblemError not_found */
  async revoke(actor: Actor, id: string, client: Client): Promise<void> {
    await this.database.transaction(async (manager) => {
      if (!(await this.invites.delete(id, manager))) throw noInvitation();
      const details = { inviteId: id };
      await this.audit.record(
        { action: 'invite.revoked', actorId: actor.id, subjectId: null, client, details },
        manager,
      );
    });
  }

  /** The id of the invitation that this token is, if it is good and for this address. */
  async idOf(token: string, email: string): Promise<string | undefined> {
    return (await this.invites.byToken(hashOf(token), email))?.id;
  }

  /** Whether an invitation has been neither used nor withdrawn, and has not expired. */
  async isLive(id: string, manager: EntityManager): Promise<boolean> {
    return (await this.invites.live(id, manager)) !== null;
  }

  /** Whether an address has an invitation that was neither used nor withdrawn, and has not expired. */
  async isOpenFor(email: string, manager: EntityManager): Promise<boolean> {
    return (await this.invites.liveByEmail(email, manager)) !== null;
  }

  /** Uses up what was open for an address that has an account now. */
  async useUp(email: string, manager: EntityManager): Promise<void> {
    await this.invites.deleteByEmail(email, manager);
  }

  private async requireOpen(): Promise<void> {
    if ((await this.registration.current()).kind !== 'closed') return;
    throw new ProblemError('conflict', 'Registration is closed on this server, also to people who are invited.');
  }

  /** In whose name the mail is written. */
  private async host(actor: Actor): Promise<Account> {
    const host = await this.users.byId(actor.id);
    if (host === null) throw new ProblemError('session_ended');
    return host;
  }
}

function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

function noInvitation(): ProblemError {
  return new ProblemError('not_found', 'There is no such invitation.');
}

/** The token is random and long: a plain hash gives nothing away. */
function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function toInvite({ id, email, invitedBy, createdAt, expiresAt }: InviteEntity): InviteDto {
  return { id, email, invitedBy, createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() };
}
