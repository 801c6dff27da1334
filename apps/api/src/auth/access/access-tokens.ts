import { Injectable } from '@nestjs/common';
import { errors, jwtVerify, SignJWT } from 'jose';
import { type Actor, Config, ProblemError, USER_ROLES, type UserRole } from '../../platform/index.js';
import { LiveSessions } from './live-sessions.js';

/** Whom an access token stands for, and until when. */
export interface VerifiedActor extends Actor {
  expiresAt: Date;
}

const ALGORITHM = 'HS256';
const ISSUER = 'chatr';
const AUDIENCE = 'chatr-api';

/** Signs and verifies access tokens: short-lived JWTs that name a person and a session. */
@Injectable()
export class AccessTokens {
  private readonly keys: Uint8Array[];

  constructor(
    private readonly config: Config,
    private readonly sessions: LiveSessions,
  ) {
    this.keys = config.jwtSecrets.map((secret) => new TextEncoder().encode(secret));
  }

  /** A token that is good for `Config.accessTokenSeconds`, as long as its session is. */
  async sign({ id, sessionId, role }: Actor): Promise<string> {
    const [key] = this.keys;
    if (key === undefined) throw new Error('no JWT secret is configured');
    return new SignJWT({ sid: sessionId, role })
      .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setSubject(id)
      .setIssuedAt()
      .setExpirationTime(`${this.config.accessTokenSeconds}s`)
      .sign(key);
  }

  /**
   * Checks signature, expiry, and that session and account are still good.
   * @throws ProblemError unauthenticated, token_expired, session_ended or account_suspended
   */
  async verify(token: string): Promise<VerifiedActor> {
    const { id, sessionId, expiresAt } = await this.read(token);
    const state = await this.sessions.stateOf(sessionId);
    if (state.kind === 'suspended') throw new ProblemError('account_suspended');
    if (state.kind === 'ended' || state.userId !== id) throw new ProblemError('session_ended');
    // What the account may do today counts, not what it could when the token was signed.
    return { id, sessionId, role: state.role, expiresAt };
  }

  private async read(token: string): Promise<VerifiedActor> {
    for (const key of this.keys) {
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: [ALGORITHM],
          issuer: ISSUER,
          requiredClaims: ['sub', 'sid', 'role', 'exp'],
        });
        const { aud, sub, sid, role, exp } = payload;
        // The release before named no audience; its tokens last for minutes.
        if (aud !== undefined && aud !== AUDIENCE) break;
        if (sub === undefined || exp === undefined || typeof sid !== 'string' || !isRole(role)) break;
        return { id: sub, sessionId: sid, role, expiresAt: new Date(exp * 1000) };
      } catch (error) {
        if (error instanceof errors.JWTExpired) throw new ProblemError('token_expired', undefined, { cause: error });
        if (!(error instanceof errors.JOSEError)) throw error;
        // Another key may have signed it.
        if (!(error instanceof errors.JWSSignatureVerificationFailed)) break;
      }
    }
    throw new ProblemError('unauthenticated', 'The access token is not valid.');
  }
}

function isRole(value: unknown): value is UserRole {
  return USER_ROLES.some((role) => role === value);
}
