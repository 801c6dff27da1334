import { Injectable } from '@nestjs/common';
import { type Mail, Mailer, withSafeHeaders } from '../mail/mailer.js';
import { DevelopmentMailbox } from './development-mailbox.js';

/** Puts mail into the development mailbox. */
@Injectable()
export class MailboxMailer extends Mailer {
  constructor(private readonly mailbox: DevelopmentMailbox) {
    super();
  }

  override send(mail: Mail): void {
    this.mailbox.put({ ...withSafeHeaders(mail), channel: 'email' });
  }

  override settled(): Promise<void> {
    return Promise.resolve();
  }
}
