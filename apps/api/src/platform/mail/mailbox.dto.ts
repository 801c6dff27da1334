import { IsOptional, IsString, MaxLength } from 'class-validator';

export class MailboxQueryDto {
  /** Only what went to this address. */
  @IsOptional()
  @IsString()
  @MaxLength(254)
  to?: string;
}

export class KeptMailDto {
  to: string;
  channel: 'email' | 'sms';
  subject: string;
  text: string;
  html: string;
  /** ISO 8601, UTC. */
  sentAt: string;
}
