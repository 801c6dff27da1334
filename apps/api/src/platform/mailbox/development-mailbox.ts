import { Injectable } from '@nestjs/common';
import { NodeLink } from '../nodes/node-link.js';

/** What would have been sent. */
export interface KeptMessage {
  /** An e-mail address, or a phone number in E.164. */
  to: string;
  channel: 'email' | 'sms';
  /** Empty for a text message. */
  subject: string;
  text: string;
  /** Empty for a text message. */
  html: string;
  sentAt: Date;
}

const CAPACITY = 2_000;
const TOPIC = 'kept-message';

/**
 * Keeps mail and text messages in memory instead of sending them, so that a laptop needs no provider. The oldest give way. Where
 * several processes serve, each keeps those of all.
 */
@Injectable()
export class DevelopmentMailbox {
  private readonly kept: KeptMessage[] = [];

  constructor(private readonly link: NodeLink) {
    link.subscribe(TOPIC, (text) => {
      const message = JSON.parse(text) as Omit<KeptMessage, 'sentAt'> & { sentAt: string };
      this.keep({ ...message, sentAt: new Date(message.sentAt) });
    });
  }

  put(message: Omit<KeptMessage, 'sentAt'>): void {
    const kept: KeptMessage = { ...message, sentAt: new Date() };
    this.keep(kept);
    this.link.publish(TOPIC, () => JSON.stringify(kept));
  }

  /** Newest first; with an address or a number, only what went there. */
  list(to?: string): KeptMessage[] {
    const address = to === undefined ? undefined : oneForm(to);
    return this.kept.filter((message) => address === undefined || oneForm(message.to) === address).reverse();
  }

  private keep(message: KeptMessage): void {
    this.kept.push(message);
    if (this.kept.length > CAPACITY) this.kept.splice(0, this.kept.length - CAPACITY);
  }
}

/** Addresses without regard to case; numbers by their digits, as the + of a query that nobody encoded arrives as a space. */
function oneForm(to: string): string {
  return to.includes('@') ? to.trim().toLowerCase() : to.replace(/\D/g, '');
}
