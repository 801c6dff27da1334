import { Injectable } from '@nestjs/common';
import { type Mail, Mailer, withSafeHeaders } from './mailer.js';

export interface KeptMail extends Mail {
  channel: 'email';
  sentAt: Date;
}

const CAPACITY = 2_000;

/** Keeps mail in memory instead of sending it, so that a laptop needs no mail server. The oldest give way. */
@Injectable()
export class DevelopmentMailbox extends Mailer {
  private readonly kept: KeptMail[] = [];

  override send(mail: Mail): void {
    this.kept.push({ ...withSafeHeaders(mail), channel: 'email', sentAt: new Date() });
    if (this.kept.length > CAPACITY) this.kept.splice(0, this.kept.length - CAPACITY);
  }

  override settled(): Promise<void> {
    return Promise.resolve();
  }

  /** Newest first; with an address, only what went there. */
  list(to?: string): KeptMail[] {
    const address = to?.trim().toLowerCase();
    return this.kept.filter((mail) => address === undefined || mail.to.toLowerCase() === address).reverse();
  }
}
