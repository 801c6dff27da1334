import { Controller, Get, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../http/public.decorator.js';
import { DevelopmentMailbox } from './development-mailbox.js';
import { KeptMailDto, MailboxQueryDto } from './mailbox.dto.js';

/** Exists only on servers that send no mail; no part of the API that clients rely on. */
@ApiExcludeController()
@Public()
@Controller('dev/mailbox')
export class MailboxController {
  constructor(private readonly mailbox: DevelopmentMailbox) {}

  /** What would have been mailed, newest first. */
  @Get()
  list(@Query() { to }: MailboxQueryDto): KeptMailDto[] {
    return this.mailbox.list(to).map((mail) => ({ ...mail, sentAt: mail.sentAt.toISOString() }));
  }
}
