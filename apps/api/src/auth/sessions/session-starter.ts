import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { AuditLog } from '../../audit/index.js';
import { type Client, Config, newId, ProblemError } from '../../platform/index.js';
import type { Account } from '../../users/index.js';
import { KnownDevices } from './known-devices.js';
import { type RefreshToken, RefreshTokens } from './refresh-tokens.js';
import { SessionsRepository } from './sessions.repository.js';

/** With what somebody proved who they are. */
export type LoginMethod =
  'registration' | 'password' | 'totp' | 'recovery' | 'email' | 'sms' | 'passkey' | 'single-sign-on';

/** What is left to do once a session that has just begun is committed. */
export interface LogIn {
  client: Client;
  /** For the browser's cookie. */
  deviceTokens: readonly string[];
  /** The owner is told of it. */
  unknownDevice: boolean;
}

/** Begins sessions: the row, the mark of the device, and the line in the audit log, all or nothing. */
@Injectable()
export class SessionStarter {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly sessions: SessionsRepository,
    private readonly refreshTokens: RefreshTokens,
    private readonly devices: KnownDevices,
    private readonly audit: AuditLog,
    private readonly config: Config,
  ) {}

  /**
   * A new id and a new token each time, whatever the client brought: nothing that was planted before becomes the session.
   * @throws ProblemError credentials_invalid when the account was suspended or got another password meanwhile; sso_required where
   *   single sign-on is the only way in, and this is another
   */
  async start(
    user: Account,
    client: Client,
    method: LoginMethod,
    manager?: EntityManager,
  ): Promise<{ token: RefreshToken; logIn: LogIn }> {
    // Each way in refuses by itself before it looks at a proof; this is for whatever was under way when that was decided.
    if (this.config.oidc?.only && method !== 'single-sign-on') throw new ProblemError('sso_required');
    if (manager === undefined)
      return this.database.transaction((transaction) => this.start(user, client, method, transaction));
    return this.insert(user, client, method, manager);
  }

  private async insert(
    user: Account,
    client: Client,
    method: LoginMethod,
    manager: EntityManager,
  ): Promise<{ token: RefreshToken; logIn: LogIn }> {
    const id = newId();
    const token = this.refreshTokens.first(id);
    const recognition = await this.devices.recognise(user.id, client, manager);
    const device = this.devices.mark(user.id, client, recognition.token);
    const session = { id, client, userId: user.id, passwordHash: user.passwordHash };
    const began = await this.sessions.insert({ ...session, tokenHash: token.hash, deviceHash: device.hash }, manager);
    if (!began) throw new ProblemError('credentials_invalid');
    const details = { sessionId: id, method, newDevice: !recognition.known };
    await this.audit.record(
      { action: 'login.succeeded', actorId: user.id, subjectId: user.id, client, details },
      manager,
    );
    return { token, logIn: { client, deviceTokens: device.tokens, unknownDevice: !recognition.known } };
  }
}
