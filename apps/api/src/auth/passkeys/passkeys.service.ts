import { Injectable } from '@nestjs/common';
import { generateRegistrationOptions, verifyRegistrationResponse } from '@simplewebauthn/server';
import { type AuditAction, AuditLog } from '../../audit/index.js';
import { type Actor, type Client, isUniqueViolation, newId, ProblemError } from '../../platform/index.js';
import { UsersRepository } from '../../users/index.js';
import { SecurityMails } from '../security-mails.js';
import { Reauthentication } from '../passwords/reauthentication.js';
import { PasskeyChallenges } from './passkey-challenges.js';
import type { AddPasskeyDto, CeremonyDto, PasskeyDto, PasskeyListDto } from './passkey.dto.js';
import type { PasskeyEntity } from './passkey.entity.js';
import { type NewPasskey, PasskeysRepository } from './passkeys.repository.js';
import { challengeOf, RelyingParty, userHandle } from './relying-party.js';

/** One's own passkeys: adding, naming and removing them. */
@Injectable()
export class PasskeysService {
  constructor(
    private readonly rows: PasskeysRepository,
    private readonly challenges: PasskeyChallenges,
    private readonly party: RelyingParty,
    private readonly reauthentication: Reauthentication,
    private readonly users: UsersRepository,
    private readonly audit: AuditLog,
    private readonly mails: SecurityMails,
  ) {}

  async list(actor: Actor): Promise<PasskeyListDto> {
    return { items: (await this.rows.ofUser(actor.id)).map(toDto), nextCursor: null };
  }

  /** @throws ProblemError conflict where passkeys are not possible; credentials_invalid, rate_limited */
  async options(actor: Actor, password: string, client: Client): Promise<CeremonyDto> {
    this.party.require();
    const user = await this.reauthentication.confirm(actor, password, client);
    const passkeys = await this.rows.ofUser(user.id);
    const challenge = await this.challenges.issue({ kind: 'register', userId: user.id, sessionId: actor.sessionId });
    const options = await generateRegistrationOptions({
      rpName: 'Chatr',
      rpID: this.party.id,
      userID: userHandle(user.id),
      userName: user.username,
      userDisplayName: user.displayName,
      challenge: Buffer.from(challenge, 'base64url'),
      attestationType: 'none',
      excludeCredentials: passkeys.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
    return { options: { ...options } };
  }

  /** @throws ProblemError passkey_invalid; conflict where it is registered already, or there are too many */
  async add(actor: Actor, draft: AddPasskeyDto, client: Client): Promise<PasskeyDto> {
    const passkey = await this.verify(actor, draft);
    const added = await this.rows
      .transaction(async (manager) => {
        const row = await this.rows.insert(passkey, manager);
        if (row === null) throw new ProblemError('conflict', 'You have as many passkeys as an account may have.');
        await this.audit.record(entry('passkey.added', actor, row, client), manager);
        return row;
      })
      .catch((error: unknown) => {
        if (isUniqueViolation(error)) throw new ProblemError('conflict', 'This passkey is registered already.');
        throw error;
      });
    const owner = await this.users.byId(actor.id);
    if (owner !== null) this.mails.passkey('passkeyAdded', owner, client, added.name);
    return toDto(added);
  }

  /** @throws ProblemError not_found for what is no passkey of one's own */
  async rename(actor: Actor, id: string, name: string, client: Client): Promise<PasskeyDto> {
    return this.rows.transaction(async (manager) => {
      const row = await this.rows.rename(actor.id, id, name, manager);
      if (row === null) throw new ProblemError('not_found', 'There is no such passkey.');
      await this.audit.record(entry('passkey.renamed', actor, row, client), manager);
      return toDto(row);
    });
  }

  /** @throws ProblemError not_found for what is no passkey of one's own */
  async remove(actor: Actor, id: string, client: Client): Promise<void> {
    const name = await this.rows.transaction(async (manager) => {
      const removed = await this.rows.remove(actor.id, id, manager);
      if (removed === undefined) throw new ProblemError('not_found', 'There is no such passkey.');
      await this.audit.record(entry('passkey.removed', actor, { id, name: removed }, client), manager);
      return removed;
    });
    const owner = await this.users.byId(actor.id);
    if (owner !== null) this.mails.passkey('passkeyRemoved', owner, client, name);
  }

  private async verify(actor: Actor, { name, response }: AddPasskeyDto): Promise<NewPasskey> {
    const challenge = challengeOf(response.response.clientDataJSON);
    const use = { kind: 'register', userId: actor.id, sessionId: actor.sessionId } as const;
    if (challenge === undefined || !(await this.challenges.take(challenge, use)))
      throw new ProblemError('passkey_invalid', 'The request has expired or was answered before.');
    const outcome = await this.party.check(() =>
      verifyRegistrationResponse({ ...this.party.expectations(challenge), response }),
    );
    if (outcome?.registrationInfo === undefined) throw new ProblemError('passkey_invalid');
    const { credential, credentialDeviceType } = outcome.registrationInfo;
    return {
      id: newId(),
      userId: actor.id,
      credentialId: credential.id,
      publicKey: Buffer.from(credential.publicKey),
      counter: credential.counter,
      synced: credentialDeviceType === 'multiDevice',
      transports: response.response.transports ?? [],
      name,
    };
  }
}

function entry(action: AuditAction, actor: Actor, { id, name }: Pick<PasskeyEntity, 'id' | 'name'>, client: Client) {
  return { action, actorId: actor.id, subjectId: actor.id, client, details: { passkeyId: id, name } };
}

function toDto(passkey: PasskeyEntity): PasskeyDto {
  const { id, name, createdAt, lastUsedAt, synced, transports } = passkey;
  return {
    id,
    name,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    synced,
    transports,
  };
}
