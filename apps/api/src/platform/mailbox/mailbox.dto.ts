import { IsOptional, IsString, MaxLength } from 'class-validator';

export class MailboxQueryDto {
  /** Only what went to this e-mail address or phone number. */
  @IsOptional()
  @IsString()
  @MaxLength(254)
  to?: string;
}

export class KeptMessageDto {
  to: string;
  channel: 'email' | 'sms';
  subject: string;
  text: string;
  html: string;
  /** ISO 8601, UTC. */
  sentAt: string;
}
