import { Injectable } from '@nestjs/common';
import {
  generateAuthenticationOptions,
  type PublicKeyCredentialRequestOptionsJSON,
  verifyAuthenticationResponse,
} from '@simplewebauthn/server';
import type { EntityManager } from 'typeorm';
import { AuditLog } from '../../audit/index.js';
import { type Client, ProblemError } from '../../platform/index.js';
import { type Account, UsersRepository } from '../../users/index.js';
import { SecurityMails } from '../security-mails.js';
import { type ChallengeUse, PasskeyChallenges } from './passkey-challenges.js';
import type { KnownCredentialDto } from './passkey.dto.js';
import type { PasskeyEntity } from './passkey.entity.js';
import { PasskeysRepository } from './passkeys.repository.js';
import { challengeOf, RelyingParty, userHandle } from './relying-party.js';

/** A passkey whose signature was right, and which is yet to be used. */
export interface Assertion {
  passkey: PasskeyEntity;
  counter: number;
}

/** Proofs with passkeys: for a log-in without a password, and as the second step after one. */
@Injectable()
export class Passkeys {
  constructor(
    private readonly rows: PasskeysRepository,
    private readonly challenges: PasskeyChallenges,
    private readonly party: RelyingParty,
    private readonly users: UsersRepository,
    private readonly audit: AuditLog,
    private readonly mails: SecurityMails,
  ) {}

  /** For whoever has not said who they are: the browser offers the passkeys it has. */
  loginOptions(): Promise<PublicKeyCredentialRequestOptionsJSON> {
    return this.options({ kind: 'login' }, []);
  }

  /** For the second step of somebody who gave the right password. Nothing where they have no passkey. */
  async assertionOptions(userId: string): Promise<PublicKeyCredentialRequestOptionsJSON | undefined> {
    const passkeys = await this.rows.ofUser(userId);
    return passkeys.length === 0 ? undefined : this.options({ kind: 'second-factor', userId }, passkeys);
  }

  /** @throws ProblemError passkey_invalid */
  verifyLogin(response: KnownCredentialDto): Promise<Assertion> {
    return this.verify({ kind: 'login' }, response);
  }

  /**
   * The second step in one go.
   * @throws ProblemError passkey_invalid
   */
  async verifyAssertion(userId: string, response: KnownCredentialDto, client: Client): Promise<void> {
    const assertion = await this.verify({ kind: 'second-factor', userId }, response);
    await this.use(assertion, client, () => Promise.resolve());
  }

  /**
   * Uses a passkey up to the present count and does the work in the same transaction, so that a passkey that is removed
   * meanwhile lets nobody in.
   * @throws ProblemError passkey_invalid
   */
  async use<T>(
    { passkey, counter }: Assertion,
    client: Client,
    work: (owner: Account, manager: EntityManager) => Promise<T>,
  ): Promise<T> {
    const owner = await this.users.byId(passkey.userId);
    if (owner === null) throw new ProblemError('passkey_invalid');
    if (owner.suspendedAt !== null) throw new ProblemError('account_suspended');
    const refusal = { cloned: false };
    try {
      return await this.rows.transaction(async (manager) => {
        if (await this.rows.use(passkey.id, counter, manager)) return work(owner, manager);
        refusal.cloned = (await this.rows.byId(passkey.id, manager)) !== null;
        throw new ProblemError('passkey_invalid');
      });
    } finally {
      // Outside the transaction, which the refusal rolls back.
      if (refusal.cloned) await this.reportClone(passkey, owner, client);
    }
  }

  private async options(
    use: ChallengeUse,
    passkeys: readonly PasskeyEntity[],
  ): Promise<PublicKeyCredentialRequestOptionsJSON> {
    return generateAuthenticationOptions({
      rpID: this.party.id,
      challenge: Buffer.from(await this.challenges.issue(use), 'base64url'),
      userVerification: 'required',
      allowCredentials: passkeys.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    });
  }

  private async verify(use: ChallengeUse, response: KnownCredentialDto): Promise<Assertion> {
    const challenge = challengeOf(response.response.clientDataJSON);
    if (challenge === undefined || !(await this.challenges.take(challenge, use)))
      throw new ProblemError('passkey_invalid', 'The request has expired or was answered before.');
    const passkey = await this.rows.byCredentialId(response.id);
    if (passkey === null || !isFor(passkey, use, response)) throw new ProblemError('passkey_invalid');
    const credential = { id: passkey.credentialId, publicKey: new Uint8Array(passkey.publicKey), counter: 0 };
    const { authenticationInfo } = await this.party.check(() =>
      // The database compares the counter, where two log-ins at the same moment cannot both pass: hence 0 here.
      verifyAuthenticationResponse({ ...this.party.expectations(challenge), response, credential }),
    );
    return { passkey, counter: authenticationInfo.newCounter };
  }

  private async reportClone(passkey: PasskeyEntity, owner: Account, client: Client): Promise<void> {
    const details = { passkeyId: passkey.id, name: passkey.name };
    await this.audit.record({ action: 'passkey.cloned', actorId: null, subjectId: owner.id, client, details });
    this.mails.passkey('passkeyCloned', owner, client, passkey.name);
  }
}

/** Whose passkey it is must fit what is known: the account of a second step, the handle that the authenticator keeps. */
function isFor(passkey: PasskeyEntity, use: ChallengeUse, { response }: KnownCredentialDto): boolean {
  if (use.kind === 'second-factor' && passkey.userId !== use.userId) return false;
  const handle = response.userHandle;
  // Only a passkey that the browser found by itself must say whose it is.
  if (handle === undefined) return use.kind === 'second-factor';
  return handle === userHandle(passkey.userId).toString('base64url');
}
