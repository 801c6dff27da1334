export interface SmsMessage {
  /** In E.164: a plus and the digits. */
  to: string;
  text: string;
}

/** Sends text messages. An injection token with adapters. */
export abstract class SmsSender {
  /** Whether this server sends text messages at all. Where it does not, nobody may be asked to wait for one. */
  abstract readonly offered: boolean;

  /** Takes a message over and returns at once: what becomes of it is logged, and nobody's answer waits for a provider. */
  abstract send(message: SmsMessage): void;

  /** Resolves when every message taken over so far was delivered or given up. */
  abstract settled(): Promise<void>;
}

const E164 = /^\+[1-9]\d{6,14}$/;

/**
 * Makes sure that a message goes to one number in its one form.
 * @throws Error when it does not, which validation at the door should have seen to
 */
export function withSafeNumber(message: SmsMessage): SmsMessage {
  if (!E164.test(message.to)) throw new Error('a text message needs exactly one number in E.164');
  return message;
}
