import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import { type Mail, Mailer, withSafeHeaders } from './mailer.js';

export interface SmtpMailerOptions {
  /** `smtp:` or `smtps:`, with credentials where the server wants some. */
  url: string;
  /** The sender, with or without a name. */
  from: string;
  /** How long to wait before each further attempt, in milliseconds. */
  retryAfterMs?: readonly number[];
}

const RETRY_AFTER_MS = [1_000, 5_000, 20_000];
const TIMEOUT_MS = 10_000;
/** Beyond this many the mail server is gone and the process must not grow with what waits for it. */
const MAX_UNDER_WAY = 1_000;
const SHUTDOWN_GRACE_MS = 5_000;

/** Sends mail through an SMTP server, in the background and with a few attempts. */
@Injectable()
export class SmtpMailer extends Mailer implements OnApplicationShutdown {
  private readonly logger = new Logger('Mail');
  private readonly transport: Transporter;
  private readonly underWay = new Set<Promise<void>>();
  private readonly stopping = new AbortController();

  constructor(private readonly options: SmtpMailerOptions) {
    super();
    const timeouts = { connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: 3 * TIMEOUT_MS };
    this.transport = createTransport({
      url: options.url,
      pool: true,
      maxConnections: 3,
      disableFileAccess: true,
      disableUrlAccess: true,
      ...timeouts,
    });
  }

  override send(mail: Mail): void {
    const safe = withSafeHeaders(mail);
    if (this.underWay.size >= MAX_UNDER_WAY) {
      this.logger.error({ subject: safe.subject }, 'a mail was dropped: too many wait for the mail server');
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
    this.transport.close();
  }

  /** Never rejects: nobody waits who could do something about it. */
  private async deliver({ to, ...mail }: Mail): Promise<void> {
    const waits = this.options.retryAfterMs ?? RETRY_AFTER_MS;
    for (let attempt = 0; ; attempt++) {
      try {
        // As an object the address is taken as it is; as a text it would be parsed as a list.
        await this.transport.sendMail({ ...mail, from: this.options.from, to: { name: '', address: to } });
        return;
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        const wait = isPermanent(error) ? undefined : waits[attempt];
        if (wait === undefined || this.stopping.signal.aborted) {
          this.logger.error({ reason, subject: mail.subject }, 'a mail could not be sent');
          return;
        }
        this.logger.warn({ reason, attempt: attempt + 1 }, 'a mail was not accepted and will be tried again');
        await delay(wait, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      }
    }
  }
}

/** 5xx answers of the server stay what they are, however often one asks. */
function isPermanent(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('responseCode' in error)) return false;
  return typeof error.responseCode === 'number' && error.responseCode >= 500;
}
