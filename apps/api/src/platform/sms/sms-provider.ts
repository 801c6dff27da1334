import type { SmsMessage } from './sms-sender.js';

/** Why a provider did not take a message, in words that hold neither the number nor the text. */
export class SmsRefusal extends Error {
  constructor(
    reason: string,
    /** Whether asking again is of no use. */
    readonly isFinal: boolean,
    options?: ErrorOptions,
  ) {
    super(reason, options);
    this.name = 'SmsRefusal';
  }
}

/** A service that texts. An adapter knows its API and nothing of attempts and waiting. */
export interface SmsProvider {
  /** For the log. */
  readonly name: string;

  /**
   * One attempt.
   * @throws SmsRefusal for the provider's own refusals; whatever the network brings goes through as it is
   */
  deliver(message: SmsMessage, signal: AbortSignal): Promise<void>;

  /** Closes idle connections. */
  close(): void;
}

/** Whether an answer with this status may be another one the next time: a server in trouble, or too many requests. */
export function isPassing(status: number): boolean {
  return status >= 500 || status === 429 || status === 408;
}
