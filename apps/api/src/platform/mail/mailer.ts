export interface Mail {
  /** One address. */
  to: string;
  subject: string;
  text: string;
  html: string;
}

/** Sends mail. An injection token with adapters. */
export abstract class Mailer {
  /** Takes a mail over and returns at once: what becomes of it is logged, and nobody's answer waits for a mail server. */
  abstract send(mail: Mail): void;

  /** Resolves when every mail taken over so far was delivered or given up. */
  abstract settled(): Promise<void>;
}

const CONTROL = /\p{Cc}/u;

/**
 * Makes sure that a mail's headers are what they should be: one recipient, one line each.
 * @throws Error when the recipient is not one plain address, which validation at the door should have seen to
 */
export function withSafeHeaders(mail: Mail): Mail {
  if (CONTROL.test(mail.to) || /[\s,;<>]/.test(mail.to) || !mail.to.includes('@')) {
    throw new Error('a mail needs exactly one plain address as its recipient');
  }
  return { ...mail, subject: mail.subject.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim() };
}
