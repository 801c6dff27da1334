import { Controller, Get, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../http/public.decorator.js';
import { DevelopmentMailbox } from './development-mailbox.js';
import { KeptMessageDto, MailboxQueryDto } from './mailbox.dto.js';

/** Exists only on servers that keep what they would send; no part of the API that clients rely on. */
@ApiExcludeController()
@Public()
@Controller('dev/mailbox')
export class MailboxController {
  constructor(private readonly mailbox: DevelopmentMailbox) {}

  /** What would have been mailed or texted, newest first. */
  @Get()
  list(@Query() { to }: MailboxQueryDto): KeptMessageDto[] {
    return this.mailbox.list(to).map((message) => ({ ...message, sentAt: message.sentAt.toISOString() }));
  }
}
