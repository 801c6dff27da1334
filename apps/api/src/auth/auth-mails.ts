import { Injectable } from '@nestjs/common';
import { compose, Config, type Language, type Letter, Mailer, type UserRole } from '../platform/index.js';
import type { MailName } from './mails/catalogue.js';
import { type MailContent, writeMail } from './mails/write-mail.js';

/** An account or a registration. */
interface Recipient {
  email: string;
  displayName: string;
  /** In which they read mails. */
  language: Language;
}

/** The mails of this module, each in its reader's language. Their words are in `mails/words`. */
@Injectable()
export class AuthMails {
  constructor(
    private readonly mailer: Mailer,
    private readonly config: Config,
  ) {}

  /** Names the username, so that people notice when the code is that of somebody else's registration with their address. */
  verification(to: Recipient & { username: string }, code: string): void {
    this.mail('verification', to, { facts: { username: to.username }, code });
  }

  alreadyRegistered(to: Recipient): void {
    this.mail('alreadyRegistered', to, { facts: {}, url: this.urlOf('/login') });
  }

  passwordReset(to: Recipient, code: string): void {
    this.mail('passwordReset', to, { facts: {}, code });
  }

  loginCode(to: Recipient, code: string): void {
    this.mail('loginCode', to, { facts: {}, code });
  }

  passwordChanged(to: Recipient): void {
    this.mail('passwordChanged', to, { facts: {} });
  }

  identityLinked(to: Recipient, provider: string, label: string): void {
    this.mail('identityLinked', to, { facts: { provider, label }, url: this.urlOf('/settings/security') });
  }

  /** In the language of the host, as nobody knows that of the guest. */
  invitation(email: string, host: Recipient, token: string): void {
    const facts = { invitedBy: host.displayName };
    const letter = writeMail('invitation', host.language, { facts, url: this.urlOf(`/register?invite=${token}`) });
    this.send(email, letter);
  }

  /** To the address an account has: `email` is the one it is to have. */
  emailChangePresent(to: Recipient, email: string, code: string): void {
    this.mail('emailChangePresent', to, { facts: { email }, code });
  }

  /** To the address an account is to have. It greets nobody: the address may not be that of the account's owner. */
  emailChangeNew(email: string, owner: Recipient & { username: string }, code: string): void {
    this.send(email, writeMail('emailChangeNew', owner.language, { facts: { username: owner.username }, code }));
  }

  /** To the owner of an address that another account was to have. */
  emailTaken(to: Recipient): void {
    this.mail('emailTaken', to, { facts: {}, url: this.urlOf('/login') });
  }

  /** To both addresses. */
  emailChanged(to: Recipient, from: string): void {
    const content = { facts: { from, to: to.email }, url: this.urlOf('/settings') };
    this.mail('emailChanged', { ...to, email: from }, content);
    this.mail('emailChanged', to, content);
  }

  phoneChanged(to: Recipient, phone: string): void {
    this.mail('phoneChanged', to, { facts: { phone }, url: this.urlOf('/settings') });
  }

  phoneRemoved(to: Recipient, phone: string): void {
    this.mail('phoneRemoved', to, { facts: { phone }, url: this.urlOf('/settings') });
  }

  roleChanged(to: Recipient, role: UserRole): void {
    this.mail('roleChanged', to, { facts: { admin: role === 'admin' }, url: this.urlOf('/settings') });
  }

  /** An administrator took every factor beside the password away. */
  factorsReset(to: Recipient): void {
    this.mail('factorsReset', to, { facts: {}, url: this.urlOf('/settings') });
  }

  private mail<Name extends MailName>(name: Name, to: Recipient, content: MailContent<Name>): void {
    this.send(to.email, writeMail(name, to.language, { displayName: to.displayName, ...content }));
  }

  private send(to: string, letter: Letter): void {
    this.mailer.send({ to, ...compose(letter) });
  }

  private urlOf(path: string): string {
    return `${this.config.publicUrl}${path}`;
  }
}
