import { Injectable } from '@nestjs/common';
import { generateAuthenticationOptions, verifyAuthenticationResponse } from '@simplewebauthn/server';
import { AuditLog } from '../../audit/index.js';
import { type Client, ProblemError } from '../../platform/index.js';
import { type Account, UsersRepository } from '../../users/index.js';
import type { UseUp } from '../factors/factors.js';
import { SecurityMails } from '../security-mails.js';
import { type ChallengeUse, PasskeyChallenges } from './passkey-challenges.js';
import type { CeremonyDto, KnownCredentialDto } from './passkey.dto.js';
import type { PasskeyEntity } from './passkey.entity.js';
import { PasskeysRepository } from './passkeys.repository.js';
import { challengeOf, RelyingParty, userHandle } from './relying-party.js';

/** A passkey whose signature was right, and its signature counter. */
interface Assertion {
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

  /** Whether somebody has a passkey that they can use. */
  async has(userId: string): Promise<boolean> {
    return this.party.isPossible && (await this.rows.ofUser(userId)).length > 0;
  }

  /**
   * For whoever has not said who they are: the browser offers the passkeys it has.
   * @throws ProblemError conflict where passkeys are not possible
   */
  loginOptions(): Promise<CeremonyDto> {
    return this.options({ kind: 'login' }, []);
  }

  /** For the second step of somebody who gave the right password. */
  async secondStepOptions(userId: string): Promise<CeremonyDto> {
    return this.options({ kind: 'second-factor', userId }, await this.rows.ofUser(userId));
  }

  /**
   * @returns whose passkey it was, and what uses it up in the transaction that lets its owner in
   * @throws ProblemError passkey_invalid, account_suspended
   */
  async checkLogin(response: KnownCredentialDto, client: Client): Promise<{ owner: Account; useUp: UseUp }> {
    const assertion = await this.verify({ kind: 'login' }, response);
    const owner = assertion && (await this.users.byId(assertion.passkey.userId));
    if (assertion === undefined || !owner) throw new ProblemError('passkey_invalid');
    if (owner.suspendedAt !== null) throw new ProblemError('account_suspended');
    const useUp = await this.accept(assertion, owner, client);
    if (useUp === undefined) throw new ProblemError('passkey_invalid');
    return { owner, useUp };
  }

  /** Undefined when the answer is wrong. */
  async checkSecondStep(owner: Account, response: KnownCredentialDto, client: Client): Promise<UseUp | undefined> {
    const assertion = await this.verify({ kind: 'second-factor', userId: owner.id }, response);
    return assertion && this.accept(assertion, owner, client);
  }

  private async options(use: ChallengeUse, passkeys: readonly PasskeyEntity[]): Promise<CeremonyDto> {
    this.party.require();
    const options = await generateAuthenticationOptions({
      rpID: this.party.id,
      challenge: Buffer.from(await this.challenges.issue(use), 'base64url'),
      userVerification: 'required',
      allowCredentials: passkeys.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    });
    return { options: { ...options } };
  }

  private async verify(use: ChallengeUse, response: KnownCredentialDto): Promise<Assertion | undefined> {
    const challenge = challengeOf(response.response.clientDataJSON);
    if (challenge === undefined || !(await this.challenges.take(challenge, use))) return undefined;
    const passkey = await this.rows.byCredentialId(response.id);
    if (passkey === null || !isFor(passkey, use, response)) return undefined;
    const credential = { id: passkey.credentialId, publicKey: new Uint8Array(passkey.publicKey), counter: 0 };
    const outcome = await this.party.check(() =>
      // The counter is compared below, where a refusal is written down, and by the database: hence 0 here.
      verifyAuthenticationResponse({ ...this.party.expectations(challenge), response, credential }),
    );
    return outcome && { passkey, counter: outcome.authenticationInfo.newCounter };
  }

  /**
   * A counter that does not go up means that the passkey, which cannot leave its device, is on another one as well. Of two
   * answers at the same moment, both of which pass here, the database accepts one.
   */
  private async accept({ passkey, counter }: Assertion, owner: Account, client: Client): Promise<UseUp | undefined> {
    if (goesUp(passkey, counter)) return (manager) => this.rows.use(passkey.id, counter, manager);
    const details = { passkeyId: passkey.id, name: passkey.name };
    await this.audit.record({ action: 'passkey.cloned', actorId: null, subjectId: owner.id, client, details });
    this.mails.passkey('passkeyCloned', owner, client, passkey.name);
    return undefined;
  }
}

/** Synced passkeys do not count, nor do authenticators that always say 0. `PasskeysRepository.use` has the same rule. */
function goesUp({ synced, counter }: PasskeyEntity, next: number): boolean {
  const last = Number(counter);
  return synced || next > last || (next === 0 && last === 0);
}

/** Whose passkey it is must fit what is known: the account of a second step, the handle that the authenticator keeps. */
function isFor(passkey: PasskeyEntity, use: ChallengeUse, { response }: KnownCredentialDto): boolean {
  if (use.kind === 'second-factor' && passkey.userId !== use.userId) return false;
  const handle = response.userHandle;
  // Only a passkey that the browser found by itself must say whose it is.
  if (handle === undefined) return use.kind === 'second-factor';
  return handle === userHandle(passkey.userId).toString('base64url');
}
