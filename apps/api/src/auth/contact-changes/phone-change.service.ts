import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { type AuditAction, AuditLog } from '../../audit/index.js';
import { type Actor, type Client, isUniqueViolation, newId, ProblemError } from '../../platform/index.js';
import { type Account, MeDto, toMe, type UserEntity, UsersRepository } from '../../users/index.js';
import { AuthMails } from '../auth-mails.js';
import { AuthTexts } from '../auth-texts.js';
import { Codes } from '../codes/codes.js';
import { Reauthentication } from '../passwords/reauthentication.js';
import { AuthThrottles } from '../throttles.js';
import type { ChangePhoneDto, ConfirmPhoneDto, RemovePhoneDto } from './contact-change.dto.js';
import { tooSoon } from './cooldown.js';
import { maskPhone } from './mask.js';
import { type PhoneChange, PhoneChangesRepository } from './phone-changes.repository.js';

/** The phone number of an account: another one, or none. */
@Injectable()
export class PhoneChangeService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly changes: PhoneChangesRepository,
    private readonly users: UsersRepository,
    private readonly reauthentication: Reauthentication,
    private readonly throttles: AuthThrottles,
    private readonly codes: Codes,
    private readonly texts: AuthTexts,
    private readonly mails: AuthMails,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Texts a code to the number. For a number that another account has verified it does the same work, but texts its owner.
   * @throws ProblemError sms_unavailable, credentials_invalid, conflict for the number one has, rate_limited
   */
  async request(actor: Actor, { phone, password }: ChangePhoneDto, client: Client): Promise<void> {
    if (!this.texts.offered) throw new ProblemError('sms_unavailable');
    await this.throttles.attempt('text', actor.id, client);
    await this.throttles.attempt('text', phone, client);
    const user = await this.reauthentication.confirm(actor, password, client);
    if (phone === user.phone && user.phoneVerifiedAt !== null) {
      throw new ProblemError('conflict', 'This is your number already.');
    }
    const owner = await this.users.byVerifiedPhone(phone);
    const id = newId();
    const { code, hash } = this.codes.make(id);
    await this.database.transaction(async (manager) => {
      const change = { id, phone, codeHash: owner === null ? hash : null };
      if (!(await this.changes.put(user.id, change, manager))) throw tooSoon();
      await this.record('phone.change-requested', user.id, client, { to: maskPhone(phone) }, manager);
    });
    if (owner === null) this.texts.phoneCode(phone, user.language, code);
    else this.texts.phoneTaken(phone, owner.language);
  }

  /**
   * Makes the number the account's once the code is right, and tells the number before and the e-mail address.
   * @throws ProblemError code_invalid; conflict when somebody else has verified the number meanwhile
   */
  async confirm(actor: Actor, { code }: ConfirmPhoneDto, client: Client): Promise<MeDto> {
    await this.throttles.attempt('code', actor.id, client);
    const change = await this.changes.takeTry(actor.id);
    if (change === undefined || !this.codes.matches(change, code)) throw new ProblemError('code_invalid');
    try {
      const { before, after } = await this.database.transaction((manager) =>
        this.carryOut(actor.id, change, client, manager),
      );
      this.mails.phoneChanged(after, change.phone);
      const old = numberToTell(before);
      if (old !== undefined && old !== change.phone) this.texts.phoneChanged(old, after.language);
      return toMe(after);
    } catch (error) {
      if (!isUniqueViolation(error, 'users_phone')) throw error;
      throw new ProblemError('conflict', 'Somebody else has confirmed this number in the meantime.', { cause: error });
    }
  }

  /**
   * Takes the number away and tells it and the e-mail address. Without a number it does nothing.
   * @throws ProblemError credentials_invalid, rate_limited
   */
  async remove(actor: Actor, { password }: RemovePhoneDto, client: Client): Promise<MeDto> {
    await this.reauthentication.confirm(actor, password, client);
    const { before, after } = await this.database.transaction(async (manager) => {
      await this.changes.forget(actor.id, manager);
      const before = await this.lock(actor.id, manager);
      if (before.phone === null) return { before, after: before };
      const after = await this.users.update(before, { phone: null, phoneVerifiedAt: null }, manager);
      await this.record('phone.removed', actor.id, client, { from: maskPhone(before.phone) }, manager);
      return { before, after };
    });
    const old = numberToTell(before);
    if (old !== undefined && this.texts.offered) this.texts.phoneRemoved(old, before.language);
    if (before.phone !== null) this.mails.phoneRemoved(before, before.phone);
    return toMe(after);
  }

  private async carryOut(
    userId: string,
    { id, phone }: PhoneChange,
    client: Client,
    manager: EntityManager,
  ): Promise<{ before: Account; after: Account }> {
    if (!(await this.changes.use(id, manager))) throw new ProblemError('code_invalid');
    const before = await this.lock(userId, manager);
    const after = await this.users.update(before, { phone, phoneVerifiedAt: new Date() }, manager);
    const from = before.phone === null ? null : maskPhone(before.phone);
    await this.record('phone.changed', userId, client, { from, to: maskPhone(phone) }, manager);
    return { before, after };
  }

  private async lock(userId: string, manager: EntityManager): Promise<UserEntity> {
    const user = await this.users.lock(userId, manager);
    if (user === null) throw new ProblemError('session_ended');
    return user;
  }

  private record(
    action: Extract<AuditAction, `phone.${string}`>,
    userId: string,
    client: Client,
    details: Record<string, string | null>,
    manager: EntityManager,
  ): Promise<void> {
    return this.audit.record({ action, actorId: userId, subjectId: userId, client, details }, manager);
  }
}

/** An unverified number may be anybody's: nothing is told to it. */
function numberToTell({ phone, phoneVerifiedAt }: Account): string | undefined {
  return phone === null || phoneVerifiedAt === null ? undefined : phone;
}
