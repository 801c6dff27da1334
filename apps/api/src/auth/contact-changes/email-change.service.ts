import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { AuditLog } from '../../audit/index.js';
import { type Actor, type Client, isUniqueViolation, newId, ProblemError } from '../../platform/index.js';
import { type Account, MeDto, toMe, UsersRepository } from '../../users/index.js';
import { AuthMails } from '../auth-mails.js';
import { Codes } from '../codes/codes.js';
import { Reauthentication } from '../passwords/reauthentication.js';
import { Admission } from '../registration/admission.js';
import { AuthThrottles } from '../throttles.js';
import { AddressSuccession } from './address-succession.js';
import type { ChangeEmailDto, ConfirmEmailDto } from './contact-change.dto.js';
import { tooSoon } from './cooldown.js';
import { type EmailChange, EmailChangesRepository } from './email-changes.repository.js';
import { maskEmail } from './mask.js';

/** Another address for an account, with a code from the old mailbox and one from the new. */
@Injectable()
export class EmailChangeService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly changes: EmailChangesRepository,
    private readonly users: UsersRepository,
    private readonly succession: AddressSuccession,
    private readonly admission: Admission,
    private readonly reauthentication: Reauthentication,
    private readonly throttles: AuthThrottles,
    private readonly codes: Codes,
    private readonly mails: AuthMails,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Mails a code to either address. For an address that has an account it does the same work, but mails its owner.
   * @throws ProblemError credentials_invalid, conflict for the address one has, forbidden, rate_limited
   */
  async request(actor: Actor, { email, password }: ChangeEmailDto, client: Client): Promise<void> {
    await this.throttles.attempt('mail', actor.id, client);
    await this.throttles.attempt('mail', email, client);
    const user = await this.reauthentication.confirm(actor, password, client);
    if (email === user.email) throw new ProblemError('conflict', 'This is your address already.');
    await this.admission.requireDomain(email);
    const owner = await this.users.byEmail(email);
    const id = newId();
    const present = this.codes.make(ofPresent(id));
    const next = this.codes.make(ofNew(id));
    const change = { id, email, presentCodeHash: present.hash, newCodeHash: owner === null ? next.hash : null };
    await this.database.transaction(async (manager) => {
      if (!(await this.changes.put(user.id, change, manager))) throw tooSoon();
      await this.record('email.change-requested', user.id, client, { to: maskEmail(email) }, manager);
    });
    this.mails.emailChangePresent(user, email, present.code);
    if (owner === null) this.mails.emailChangeNew(email, user, next.code);
    else this.mails.emailTaken(owner);
  }

  /**
   * Makes the change once both codes are right, and tells both addresses. Sessions go on.
   * @throws ProblemError code_invalid; conflict when somebody else has got the address meanwhile
   */
  async confirm(actor: Actor, codes: ConfirmEmailDto, client: Client): Promise<MeDto> {
    await this.throttles.attempt('code', actor.id, client);
    const change = await this.changes.takeTry(actor.id);
    if (change === undefined || !this.areRight(change, codes)) throw new ProblemError('code_invalid');
    try {
      const { before, after } = await this.database.transaction((manager) =>
        this.carryOut(actor.id, change, client, manager),
      );
      this.mails.emailChanged(after, before.email);
      return toMe(after);
    } catch (error) {
      if (!isUniqueViolation(error, 'users_email')) throw error;
      throw new ProblemError('conflict', 'This address has got an account in the meantime.', { cause: error });
    }
  }

  /** Compares both in any case, so that the time it takes says nothing about which was right. */
  private areRight({ id, presentCodeHash, newCodeHash }: EmailChange, codes: ConfirmEmailDto): boolean {
    const present = this.codes.matches({ id: ofPresent(id), codeHash: presentCodeHash }, codes.presentCode);
    const next = this.codes.matches({ id: ofNew(id), codeHash: newCodeHash }, codes.newCode);
    return present && next;
  }

  private async carryOut(
    userId: string,
    { id, email }: EmailChange,
    client: Client,
    manager: EntityManager,
  ): Promise<{ before: Account; after: Account }> {
    if (!(await this.changes.use(id, manager))) throw new ProblemError('code_invalid');
    const before = await this.users.lock(userId, manager);
    if (before === null) throw new ProblemError('session_ended');
    const after = await this.users.update(before, { email, emailVerifiedAt: new Date() }, manager);
    await this.succession.settle(userId, email, manager);
    await this.record(
      'email.changed',
      userId,
      client,
      { from: maskEmail(before.email), to: maskEmail(email) },
      manager,
    );
    return { before, after };
  }

  private record(
    action: 'email.change-requested' | 'email.changed',
    userId: string,
    client: Client,
    details: Record<string, string>,
    manager: EntityManager,
  ): Promise<void> {
    return this.audit.record({ action, actorId: userId, subjectId: userId, client, details }, manager);
  }
}

function ofPresent(id: string): string {
  return `${id}:present`;
}

function ofNew(id: string): string {
  return `${id}:new`;
}
