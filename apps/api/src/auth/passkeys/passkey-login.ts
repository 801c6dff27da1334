import { Injectable } from '@nestjs/common';
import { type Client, Config, ProblemError } from '../../platform/index.js';
import { type IssuedTokens, SessionsService } from '../sessions/sessions.service.js';
import type { KnownCredentialDto } from './passkey.dto.js';
import { Passkeys } from './passkeys.js';
import { PasskeysRepository } from './passkeys.repository.js';

/** Log-ins without a password. */
@Injectable()
export class PasskeyLogin {
  constructor(
    private readonly passkeys: Passkeys,
    private readonly rows: PasskeysRepository,
    private readonly sessions: SessionsService,
    private readonly config: Config,
  ) {}

  /**
   * The use and the session are one transaction, so that a passkey that is removed meanwhile lets nobody in.
   * @throws ProblemError passkey_invalid, account_suspended; sso_required where single sign-on is the only way in
   */
  async login(response: KnownCredentialDto, client: Client): Promise<IssuedTokens> {
    if (this.config.oidc?.only) throw new ProblemError('sso_required');
    const { owner, useUp } = await this.passkeys.checkLogin(response, client);
    return this.rows.transaction(async (manager) => {
      if (!(await useUp(manager))) throw new ProblemError('passkey_invalid');
      return this.sessions.begin(owner, client, manager, 'passkey');
    });
  }
}
