import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { type Client, isUniqueViolation, type Language, newId, ProblemError } from '../../platform/index.js';
import { UsernamesService, UsersRepository } from '../../users/index.js';
import type { RegisterDto, RegisteredDto, ResendCodeDto, VerifyEmailDto } from '../auth.dto.js';
import { AuthMails } from '../auth-mails.js';
import { Codes } from '../codes/codes.js';
import { requireStrength } from '../passwords/password-strength.js';
import { Passwords } from '../passwords/passwords.js';
import { type IssuedTokens, SessionsService } from '../sessions/sessions.service.js';
import { Admission } from './admission.js';
import { Newcomers } from './newcomers.js';
import type { RegistrationEntity } from './registration.entity.js';
import { RegistrationsRepository } from './registrations.repository.js';

/** From a form that was filled in to an account. docs/subsystems/auth.md says why registrations wait beside each other. */
@Injectable()
export class RegistrationService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly registrations: RegistrationsRepository,
    private readonly users: UsersRepository,
    private readonly usernames: UsernamesService,
    private readonly admission: Admission,
    private readonly newcomers: Newcomers,
    private readonly passwords: Passwords,
    private readonly codes: Codes,
    private readonly sessions: SessionsService,
    private readonly mails: AuthMails,
  ) {}

  /**
   * Keeps a registration and mails its code. For an address that has an account it does the same work, but mails its owner
   * that they have one.
   * @param preferred the language of whoever chooses none
   * @throws ProblemError validation_failed for a weak password; registration_closed or username_taken
   */
  async register(draft: RegisterDto, preferred: Language): Promise<RegisteredDto> {
    const { email, username, displayName, password, phone, inviteToken } = draft;
    requireStrength(password, draft);
    const language = draft.language ?? preferred;
    const inviteId = await this.admission.request(email, inviteToken);
    await this.usernames.requireFree(username);
    const owner = await this.users.byEmail(email);
    const id = newId();
    const { code, hash } = this.codes.make(id);
    await this.registrations.insert({
      id,
      email,
      username,
      displayName,
      passwordHash: await this.passwords.hash(password),
      phone: phone ?? null,
      language,
      inviteId: inviteId ?? null,
      codeHash: owner === null ? hash : null,
    });
    if (owner === null) this.mails.verification({ email, username, displayName, language }, code);
    else this.mails.alreadyRegistered(owner);
    return { userId: id };
  }

  /**
   * Makes the registration that the code was mailed for an account, and begins its first session.
   * @throws ProblemError code_invalid; username_taken or registration_closed when that has become so since
   */
  async verify({ email, code, userId }: VerifyEmailDto, client: Client): Promise<IssuedTokens> {
    const guessed = await this.registrations.takeTry(email, userId);
    const right = guessed.find((candidate) => this.codes.matches(candidate, code));
    if (right === undefined) throw new ProblemError('code_invalid');
    try {
      return await this.database.transaction((manager) => this.complete(right.id, client, manager));
    } catch (error) {
      // Somebody changed the address of their account to this one a moment ago: its registrations are gone.
      if (isUniqueViolation(error, 'users_email')) throw new ProblemError('code_invalid', undefined, { cause: error });
      const isTaken = error instanceof ProblemError && error.code === 'username_taken';
      if (!isTaken && !isUniqueViolation(error, 'users_username')) throw error;
      const detail = 'Somebody else has taken this username in the meantime. Register again with another one.';
      throw new ProblemError('username_taken', detail, { cause: error });
    }
  }

  /** Mails another code, if there is a registration to complete and the last one was not sent just now. Nobody learns which. */
  async resend({ email, userId }: ResendCodeDto): Promise<void> {
    const registration = await (userId === undefined
      ? this.registrations.newest({ email })
      : this.registrations.byId(userId, email));
    if (registration !== null) await this.mailNewCode(registration);
  }

  /** Mails another code for a registration, unless the last one was sent less than 30 s ago. */
  async mailNewCode(registration: RegistrationEntity): Promise<void> {
    const { code, hash } = this.codes.make(registration.id);
    if (await this.registrations.renewCode(registration.id, hash)) this.mails.verification(registration, code);
  }

  private async complete(id: string, client: Client, manager: EntityManager): Promise<IssuedTokens> {
    await this.newcomers.queue(manager);
    const registration = await this.registrations.lock(id, manager);
    if (registration === null) throw new ProblemError('code_invalid');
    const { email, username, displayName, passwordHash, inviteId } = registration;
    const { phone, language } = registration;
    const role = await this.admission.complete(email, inviteId, manager);
    const newcomer = { id, email, username, displayName, passwordHash, role, phone, language };
    const details = { method: 'code', invited: inviteId !== null } as const;
    const user = await this.newcomers.add(newcomer, details, client, manager);
    return this.sessions.begin(user, client, manager, 'registration');
  }
}
