import { Injectable } from '@nestjs/common';
import { NodeLink } from '../nodes/node-link.js';
import { type Mail, Mailer, withSafeHeaders } from './mailer.js';

export interface KeptMail extends Mail {
  channel: 'email';
  sentAt: Date;
}

const CAPACITY = 2_000;
const TOPIC = 'kept-mail';

/**
 * Keeps mail in memory instead of sending it, so that a laptop needs no mail server. The oldest give way. Where several processes
 * serve, each keeps that of all.
 */
@Injectable()
export class DevelopmentMailbox extends Mailer {
  private readonly kept: KeptMail[] = [];

  constructor(private readonly link: NodeLink) {
    super();
    link.subscribe(TOPIC, (text) => {
      const mail = JSON.parse(text) as Omit<KeptMail, 'sentAt'> & { sentAt: string };
      this.keep({ ...mail, sentAt: new Date(mail.sentAt) });
    });
  }

  override send(mail: Mail): void {
    const kept: KeptMail = { ...withSafeHeaders(mail), channel: 'email', sentAt: new Date() };
    this.keep(kept);
    this.link.publish(TOPIC, () => JSON.stringify(kept));
  }

  override settled(): Promise<void> {
    return Promise.resolve();
  }

  /** Newest first; with an address, only what went there. */
  list(to?: string): KeptMail[] {
    const address = to?.trim().toLowerCase();
    return this.kept.filter((mail) => address === undefined || mail.to.toLowerCase() === address).reverse();
  }

  private keep(mail: KeptMail): void {
    this.kept.push(mail);
    if (this.kept.length > CAPACITY) this.kept.splice(0, this.kept.length - CAPACITY);
  }
}
