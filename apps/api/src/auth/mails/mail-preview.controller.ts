import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { compose, Config, LANGUAGES, ProblemError, Public } from '../../platform/index.js';
import { MailPreviewDto, MailPreviewQueryDto, MailTemplatesDto } from './mail-preview.dto.js';
import { mailNames, mailSamples } from './mail-samples.js';
import { writeMail } from './write-mail.js';

/** Shows each mail with invented contents. Not there in production; no part of the API that clients rely on. */
@ApiExcludeController()
@Public()
@Controller('dev/mails')
export class MailPreviewController {
  constructor(private readonly config: Config) {}

  /** Which mails there are, and in which languages. */
  @Get()
  list(): MailTemplatesDto {
    return { templates: mailNames(), languages: [...LANGUAGES] };
  }

  /** One mail as it would be sent. */
  @Get(':template')
  show(@Param('template') template: string, @Query() { language = 'en' }: MailPreviewQueryDto): MailPreviewDto {
    const name = mailNames().find((candidate) => candidate === template);
    if (name === undefined) throw new ProblemError('not_found', 'There is no such mail.');
    return compose(writeMail(name, language, mailSamples(this.config.publicUrl)[name]));
  }
}
