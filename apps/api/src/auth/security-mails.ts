import { Injectable } from '@nestjs/common';
import { type Client, compose, Config, type Language, Mailer } from '../platform/index.js';
import type { MailFacts, Whereabouts } from './mails/catalogue.js';
import { writeMail } from './mails/write-mail.js';
import { deviceWords } from './sessions/device-words.js';

interface Recipient {
  email: string;
  displayName: string;
  language: Language;
}

/** The mails that need to be told no more than from where something was done. */
type Notice = { [Name in keyof MailFacts]: Whereabouts extends MailFacts[Name] ? Name : never }[
  'newDevice' | 'codesGuessed' | 'ownPasswordChanged' | 'twoStepOn' | 'twoStepOff' | 'recoveryCodesRenewed'];

type PasskeyNotice = 'passkeyAdded' | 'passkeyRemoved' | 'passkeyCloned';

/** Mails that tell owners what happened to their account, so that they can step in. */
@Injectable()
export class SecurityMails {
  constructor(
    private readonly mailer: Mailer,
    private readonly config: Config,
  ) {}

  notice(name: Notice, to: Recipient, client: Client): void {
    this.mail(name, to, whereabouts(client));
  }

  /** @param left how many there are still */
  recoveryCodeUsed(to: Recipient, client: Client, left: number): void {
    this.mail('recoveryCodeUsed', to, { ...whereabouts(client), left });
  }

  /** @param passkey what its owner calls it */
  passkey(name: PasskeyNotice, to: Recipient, client: Client, passkey: string): void {
    this.mail(name, to, { ...whereabouts(client), name: passkey });
  }

  private mail<Name extends Notice | PasskeyNotice | 'recoveryCodeUsed'>(
    name: Name,
    to: Recipient,
    facts: MailFacts[Name],
  ): void {
    const { displayName, language } = to;
    const url = `${this.config.publicUrl}/forgot-password`;
    this.mailer.send({ to: to.email, ...compose(writeMail(name, language, { displayName, facts, url })) });
  }
}

function whereabouts({ userAgent, address, place }: Client): Whereabouts {
  const time = `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return { device: deviceWords(userAgent), address, place, time };
}
