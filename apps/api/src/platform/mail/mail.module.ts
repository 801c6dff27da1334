import { type DynamicModule, Module } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { DevelopmentMailbox } from './development-mailbox.js';
import { MailboxController } from './mailbox.controller.js';
import { Mailer } from './mailer.js';
import { SmtpMailer } from './smtp-mailer.js';

/** Mail through SMTP where a server is configured; else, never in production, the development mailbox. */
@Module({})
export class MailModule {
  static with(config: Config): DynamicModule {
    const { smtpUrl: url, mailFrom: from } = config;
    if (url !== undefined) {
      const smtp = { provide: Mailer, useFactory: () => new SmtpMailer({ url, from }) };
      return { module: MailModule, global: true, providers: [smtp], exports: [Mailer] };
    }
    return {
      module: MailModule,
      global: true,
      controllers: config.production ? [] : [MailboxController],
      providers: [DevelopmentMailbox, { provide: Mailer, useExisting: DevelopmentMailbox }],
      exports: [Mailer],
    };
  }
}
