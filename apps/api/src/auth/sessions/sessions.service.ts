import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Actor, type Client, Config, newId, ProblemError } from '../../platform/index.js';
import { type Account, toMe, UsersRepository } from '../../users/index.js';
import { AccessTokens } from '../access/access-tokens.js';
import type { SessionEndReason } from '../auth-events.js';
import type { TokensDto } from '../auth.dto.js';
import { type RefreshToken, RefreshTokens } from './refresh-tokens.js';
import type { SessionListDto } from './session.dto.js';
import { SessionRevocations } from './session-revocations.js';
import { SessionsRepository } from './sessions.repository.js';

/** Tokens with the refresh token in them: the controller decides whether it goes into the answer or the cookie. */
export type IssuedTokens = TokensDto & { refreshToken: string };

/** Log-ins: how they begin, go on and end. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly refreshTokens: RefreshTokens,
    private readonly accessTokens: AccessTokens,
    private readonly users: UsersRepository,
    private readonly revocations: SessionRevocations,
    private readonly config: Config,
  ) {}

  /**
   * Begins a session for somebody who has just proved who they are.
   * @throws ProblemError credentials_invalid when the account was suspended or got another password meanwhile
   */
  async begin(user: Account, client: Client, manager?: EntityManager): Promise<IssuedTokens> {
    const id = newId();
    const token = this.refreshTokens.first(id);
    const { address, userAgent } = client;
    const began = await this.sessions.insert(
      { id, userId: user.id, passwordHash: user.passwordHash, address, userAgent, tokenHash: token.hash },
      manager,
    );
    if (!began) throw new ProblemError('credentials_invalid');
    return this.issue(user, token);
  }

  /**
   * Exchanges a refresh token. A token that was exchanged less than 30 s ago gets the same successor again, for two tabs and lost
   * replies; any older one means that somebody copied it, and ends the session.
   * @throws ProblemError session_ended or account_suspended
   */
  async refresh(text: string): Promise<IssuedTokens> {
    const token = this.refreshTokens.read(text);
    if (token === undefined) throw new ProblemError('session_ended', 'The refresh token is not valid.');
    const [successor, ...earlier] = this.refreshTokens.successors(token);
    const userId = await this.sessions.rotate(token.sessionId, token.hash, successor.hash);
    if (userId !== undefined) {
      await this.sessions.forgetOld(userId);
      return this.issue(await this.requireUser(userId), successor);
    }
    return this.repeat(token, [successor, ...earlier]);
  }

  /** One's live sessions. */
  async list(actor: Actor): Promise<SessionListDto> {
    const sessions = await this.sessions.live(actor.id);
    const items = sessions.map((session) => ({
      id: session.id,
      createdAt: session.createdAt.toISOString(),
      lastUsedAt: session.lastUsedAt.toISOString(),
      userAgent: session.userAgent,
      address: session.address,
      current: session.id === actor.sessionId,
    }));
    return { items, nextCursor: null };
  }

  async logout(actor: Actor): Promise<void> {
    if (await this.sessions.end(actor.id, actor.sessionId)) this.announce(actor.id, [actor.sessionId], 'logout');
  }

  /** @throws ProblemError not_found for what is no live session of one's own */
  async revoke(actor: Actor, sessionId: string): Promise<void> {
    if (!(await this.sessions.end(actor.id, sessionId)))
      throw new ProblemError('not_found', 'There is no such session.');
    this.announce(actor.id, [sessionId], sessionId === actor.sessionId ? 'logout' : 'revoked');
  }

  async revokeOthers(actor: Actor): Promise<void> {
    this.announce(actor.id, await this.sessions.endAll(actor.id, undefined, actor.sessionId), 'revoked');
  }

  /** Tells everybody who keeps something going for these sessions; for after the commit. */
  announce(userId: string, sessionIds: readonly string[], reason: SessionEndReason): void {
    this.revocations.announce(userId, sessionIds, reason);
  }

  private async repeat(token: RefreshToken, successors: readonly RefreshToken[]): Promise<IssuedTokens> {
    const session = await this.sessions.stale(token.sessionId);
    if (session?.suspended) throw new ProblemError('account_suspended');
    if (session?.live !== true) throw new ProblemError('session_ended');
    const present = successors.find((successor) => successor.hash.equals(session.tokenHash));
    if (present !== undefined && session.forgivenHash?.equals(token.hash)) {
      return this.issue(await this.requireUser(session.userId), present);
    }
    if (await this.sessions.end(session.userId, token.sessionId)) {
      this.announce(session.userId, [token.sessionId], 'refresh_reuse');
    }
    throw new ProblemError('session_ended', 'The session was ended because an old token of it was used again.');
  }

  private async issue(user: Account, { sessionId, text }: RefreshToken): Promise<IssuedTokens> {
    const accessToken = await this.accessTokens.sign({ id: user.id, sessionId, role: user.role });
    return { accessToken, expiresIn: this.config.accessTokenSeconds, refreshToken: text, user: toMe(user) };
  }

  private async requireUser(id: string): Promise<Account> {
    const user = await this.users.byId(id);
    if (user === null) throw new ProblemError('session_ended');
    return user;
  }
}
