import { Injectable } from '@nestjs/common';
import { type SmsMessage, SmsSender, withSafeNumber } from '../sms/sms-sender.js';
import { DevelopmentMailbox } from './development-mailbox.js';

/** Puts text messages into the development mailbox. */
@Injectable()
export class MailboxSmsSender extends SmsSender {
  override readonly offered = true;

  constructor(private readonly mailbox: DevelopmentMailbox) {
    super();
  }

  override send(message: SmsMessage): void {
    this.mailbox.put({ ...withSafeNumber(message), channel: 'sms', subject: '', html: '' });
  }

  override settled(): Promise<void> {
    return Promise.resolve();
  }
}
