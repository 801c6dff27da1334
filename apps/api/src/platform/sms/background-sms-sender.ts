import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { SmsRefusal, type SmsProvider } from './sms-provider.js';
import { type SmsMessage, SmsSender, withSafeNumber } from './sms-sender.js';

export interface BackgroundOptions {
  /** How long to wait before each further attempt, in milliseconds. */
  retryAfterMs?: readonly number[];
  /** How long one attempt may take, in milliseconds. */
  timeoutMs?: number;
}

const RETRY_AFTER_MS = [1_000, 5_000, 20_000];
const TIMEOUT_MS = 10_000;
/** Beyond this many the provider is gone and the process must not grow with what waits for it. */
const MAX_UNDER_WAY = 1_000;
const SHUTDOWN_GRACE_MS = 5_000;

/**
 * Hands text messages to a provider, in the background and with a few attempts. Neither numbers nor texts get into the log: the one
 * is personal, and the other holds codes.
 */
@Injectable()
export class BackgroundSmsSender extends SmsSender implements OnApplicationShutdown {
  override readonly offered = true;
  private readonly logger = new Logger('Sms');
  private readonly underWay = new Set<Promise<void>>();
  private readonly stopping = new AbortController();

  constructor(
    private readonly provider: SmsProvider,
    private readonly options: BackgroundOptions = {},
  ) {
    super();
  }

  override send(message: SmsMessage): void {
    const safe = withSafeNumber(message);
    if (this.underWay.size >= MAX_UNDER_WAY) {
      this.logger.error({ provider: this.provider.name }, 'a text message was dropped: too many wait for the provider');
      return;
    }
    const delivery = this.deliver(safe).finally(() => this.underWay.delete(delivery));
    this.underWay.add(delivery);
  }

  override async settled(): Promise<void> {
    await Promise.all(this.underWay);
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await Promise.race([this.settled(), delay(SHUTDOWN_GRACE_MS, undefined, { ref: false })]);
    this.provider.close();
  }

  /** Never rejects: nobody waits who could do something about it. */
  private async deliver(message: SmsMessage): Promise<void> {
    const waits = this.options.retryAfterMs ?? RETRY_AFTER_MS;
    for (let attempt = 0; ; attempt++) {
      try {
        await this.provider.deliver(message, AbortSignal.timeout(this.options.timeoutMs ?? TIMEOUT_MS));
        return;
      } catch (error) {
        const provider = this.provider.name;
        const reason = reasonOf(error);
        const wait = error instanceof SmsRefusal && error.isFinal ? undefined : waits[attempt];
        if (wait === undefined || this.stopping.signal.aborted) {
          this.logger.error({ provider, reason }, 'a text message could not be sent');
          return;
        }
        this.logger.warn({ provider, reason, attempt: attempt + 1 }, 'a text message will be tried again');
        await delay(wait, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      }
    }
  }
}

/** Of anything but a refusal no more than its kind: libraries put what was sent into their messages. */
function reasonOf(error: unknown): string {
  if (error instanceof SmsRefusal) return error.message;
  return error instanceof Error ? error.name : 'unknown';
}
