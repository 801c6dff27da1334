import { IsIn, IsOptional } from 'class-validator';
import { type Language, LANGUAGES } from '../../platform/index.js';

export class MailPreviewQueryDto {
  @IsOptional()
  @IsIn(LANGUAGES)
  language?: Language;
}

export class MailTemplatesDto {
  templates: string[];
  languages: string[];
}

export class MailPreviewDto {
  subject: string;
  text: string;
  html: string;
}
