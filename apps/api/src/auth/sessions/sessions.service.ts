import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Actor, type Client, Config, ProblemError } from '../../platform/index.js';
import { type Account, toMe, UsersRepository } from '../../users/index.js';
import { AccessTokens } from '../access/access-tokens.js';
import type { SessionEndReason } from '../auth-events.js';
import type { TokensDto } from '../auth.dto.js';
import { deviceWords } from './device-words.js';
import { type RefreshToken, RefreshTokens } from './refresh-tokens.js';
import { SessionEndings } from './session-endings.js';
import type { SessionListDto } from './session.dto.js';
import { SessionRevocations } from './session-revocations.js';
import { type LoginMethod, type LogIn, SessionStarter } from './session-starter.js';
import { SessionsRepository } from './sessions.repository.js';

/** Tokens with the refresh token in them: the controller decides whether it goes into the answer or the cookie. */
export type IssuedTokens = TokensDto & {
  refreshToken: string;
  /** What `TokenDelivery` sees to when a session has just begun; undefined for one that goes on. */
  logIn?: LogIn;
};

/** Log-ins: how they begin, go on and end. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly starter: SessionStarter,
    private readonly endings: SessionEndings,
    private readonly sessions: SessionsRepository,
    private readonly refreshTokens: RefreshTokens,
    private readonly accessTokens: AccessTokens,
    private readonly users: UsersRepository,
    private readonly revocations: SessionRevocations,
    private readonly config: Config,
  ) {}

  /**
   * Begins a session for somebody who has just proved who they are. Hand the tokens to `TokenDelivery` after the commit.
   * @throws ProblemError credentials_invalid when the account was suspended or got another password meanwhile
   */
  async begin(
    user: Account,
    client: Client,
    manager?: EntityManager,
    method: LoginMethod = 'password',
  ): Promise<IssuedTokens> {
    const { token, logIn } = await this.starter.start(user, client, method, manager);
    return { ...(await this.issue(user, token)), logIn };
  }

  /**
   * Exchanges a refresh token. A token that was exchanged less than 30 s ago gets the same successor again, for two tabs and lost
   * replies; any older one means that somebody copied it, and ends the session.
   * @throws ProblemError session_ended or account_suspended
   */
  async refresh(text: string, client: Client): Promise<IssuedTokens> {
    const token = this.refreshTokens.read(text);
    if (token === undefined) throw new ProblemError('session_ended', 'The refresh token is not valid.');
    const [successor, ...earlier] = this.refreshTokens.successors(token);
    const userId = await this.sessions.rotate(token.sessionId, token.hash, successor.hash);
    if (userId !== undefined) {
      await this.sessions.forgetOld(userId);
      return this.issue(await this.requireUser(userId), successor);
    }
    return this.repeat(token, [successor, ...earlier], client);
  }

  /** One's live sessions. */
  async list(actor: Actor): Promise<SessionListDto> {
    const sessions = await this.sessions.live(actor.id);
    const items = sessions.map((session) => ({
      id: session.id,
      createdAt: session.createdAt.toISOString(),
      lastUsedAt: session.lastUsedAt.toISOString(),
      userAgent: session.userAgent,
      device: deviceWords(session.userAgent) ?? 'Unknown device',
      place: session.place,
      address: session.address,
      current: session.id === actor.sessionId,
    }));
    return { items, nextCursor: null };
  }

  async logout(actor: Actor, client: Client): Promise<void> {
    await this.endings.end(actor.id, actor.sessionId, { reason: 'logout', actorId: actor.id, client });
  }

  /** @throws ProblemError not_found for what is no live session of one's own */
  async revoke(actor: Actor, sessionId: string, client: Client): Promise<void> {
    const reason = sessionId === actor.sessionId ? 'logout' : 'revoked';
    if (!(await this.endings.end(actor.id, sessionId, { reason, actorId: actor.id, client })))
      throw new ProblemError('not_found', 'There is no such session.');
  }

  async revokeOthers(actor: Actor, client: Client): Promise<void> {
    await this.endings.endOthers(actor.id, actor.sessionId, { reason: 'revoked', actorId: actor.id, client });
  }

  /** Tells everybody who keeps something going for these sessions; for after the commit. */
  announce(userId: string, sessionIds: readonly string[], reason: SessionEndReason): void {
    this.revocations.announce(userId, sessionIds, reason);
  }

  private async repeat(
    token: RefreshToken,
    successors: readonly RefreshToken[],
    client: Client,
  ): Promise<IssuedTokens> {
    const session = await this.sessions.stale(token.sessionId);
    if (session?.suspended) throw new ProblemError('account_suspended');
    if (session?.live !== true) throw new ProblemError('session_ended');
    const present = successors.find((successor) => successor.hash.equals(session.tokenHash));
    if (present !== undefined && session.forgivenHash?.equals(token.hash)) {
      return this.issue(await this.requireUser(session.userId), present);
    }
    await this.endings.end(session.userId, token.sessionId, { reason: 'refresh_reuse', actorId: null, client });
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
