import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Actor, Config, isUniqueViolation, newId, ProblemError } from '../../platform/index.js';
import { UsersRepository } from '../../users/index.js';
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
    private readonly invites: InvitesRepository,
    private readonly users: UsersRepository,
    private readonly mails: AuthMails,
    private readonly config: Config,
  ) {}

  /**
   * Invites an address; a second invitation takes the place of the first, whose link is dead from then on.
   * @throws ProblemError conflict when the address has an account already, or nobody at all may register
   */
  async invite(actor: Actor, { email }: CreateInviteDto): Promise<InviteDto> {
    if (this.config.registration.kind === 'closed') {
      throw new ProblemError('conflict', 'Registration is closed on this server, also to people who are invited.');
    }
    if ((await this.users.byEmail(email)) !== null)
      throw new ProblemError('conflict', 'This address has an account already.');
    const host = await this.users.byId(actor.id);
    if (host === null) throw new ProblemError('session_ended');
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const createdAt = new Date();
    const expiresAt = new Date(createdAt.getTime() + LIFETIME_MS);
    const invite = { id: newId(), email, tokenHash: hashOf(token), invitedBy: actor.id, createdAt, expiresAt };
    try {
      await this.invites.put(invite);
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      throw new ProblemError('conflict', 'Somebody else is inviting this address right now.', { cause: error });
    }
    this.mails.invitation(email, host, token);
    return toInvite(invite);
  }

  /** Invitations that nobody has used yet, expired ones included, newest first. */
  async page(_actor: Actor, { cursor, limit = DEFAULT_PAGE }: ListInvitesDto): Promise<InvitePageDto> {
    const invites = await this.invites.page(limit + 1, cursor);
    const last = invites.length > limit ? invites[limit - 1] : undefined;
    return { items: invites.slice(0, limit).map(toInvite), nextCursor: last?.id ?? null };
  }

  /** @throws ProblemError not_found */
  async revoke(_actor: Actor, id: string): Promise<void> {
    if (!(await this.invites.delete(id))) throw new ProblemError('not_found', 'There is no such invitation.');
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
}

/** The token is random and long: a plain hash gives nothing away. */
function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function toInvite({ id, email, invitedBy, createdAt, expiresAt }: InviteEntity): InviteDto {
  return { id, email, invitedBy, createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() };
}
