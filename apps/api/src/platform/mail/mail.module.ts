import { type DynamicModule, Module } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { MailboxMailer } from '../mailbox/mailbox-mailer.js';
import { MailboxModule } from '../mailbox/mailbox.module.js';
import { Mailer } from './mailer.js';
import { SmtpMailer } from './smtp-mailer.js';

/** Mail through SMTP where a server is configured, as it has to be in production; else the development mailbox. */
@Module({})
export class MailModule {
  static with(config: Config): DynamicModule {
    const { smtpUrl: url, mailFrom: from, production } = config;
    if (url !== undefined) {
      const smtp = { provide: Mailer, useFactory: () => new SmtpMailer({ url, from }) };
      return { module: MailModule, global: true, providers: [smtp], exports: [Mailer] };
    }
    if (production) throw new Error('there is no development mailbox in production');
    return {
      module: MailModule,
      global: true,
      imports: [MailboxModule],
      providers: [{ provide: Mailer, useExisting: MailboxMailer }],
      exports: [Mailer],
    };
  }
}
