import { Module } from '@nestjs/common';
import { DevelopmentMailbox } from './development-mailbox.js';
import { MailboxMailer } from './mailbox-mailer.js';
import { MailboxSmsSender } from './mailbox-sms-sender.js';
import { MailboxController } from './mailbox.controller.js';

/** The development mailbox and its route; imported for each channel that has no provider, and never in production. */
@Module({
  controllers: [MailboxController],
  providers: [DevelopmentMailbox, MailboxMailer, MailboxSmsSender],
  exports: [MailboxMailer, MailboxSmsSender],
})
export class MailboxModule {}
