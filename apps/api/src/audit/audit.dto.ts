import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsISO8601, IsOptional, IsString, IsUUID, Length, Matches, Max, Min } from 'class-validator';
import { LIMITS } from '@chatr/contracts';
import { AUDIT_ACTIONS, type AuditAction } from './audit-actions.js';

/** ISO 8601 has more forms than PostgreSQL reads; this one both do. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/;

/** Which entries of the audit log. */
export class AuditFilterDto {
  @IsOptional()
  @IsIn(AUDIT_ACTIONS)
  action?: AuditAction;

  /** What this person did. */
  @IsOptional()
  @IsUUID()
  actorId?: string;

  /** What was done to this account. */
  @IsOptional()
  @IsUUID()
  subjectId?: string;

  /** ISO 8601, UTC: not before this moment. */
  @IsOptional()
  @IsISO8601({ strict: true })
  @Matches(INSTANT)
  from?: string;

  /** ISO 8601, UTC: before this moment. */
  @IsOptional()
  @IsISO8601({ strict: true })
  @Matches(INSTANT)
  to?: string;
}

export class ListAuditDto extends AuditFilterDto {
  /** What the page before gave as `nextCursor`. */
  @IsOptional()
  @IsString()
  @Length(1, 400)
  cursor?: string;

  /** At most so many; 50 where left out. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(LIMITS.listPage)
  limit?: number;
}

/** Somebody in the audit log, named as they are now. */
export class AuditPersonDto {
  id: string;
  /** Null when the account is gone. */
  username: string | null;
  /** Null when the account is gone. */
  displayName: string | null;
}

export class AuditEventDto {
  id: string;
  /** ISO 8601, UTC. */
  at: string;
  /** What was done, as `thing.past-tense`. */
  action: string;
  /** Who did it; null where nobody had proved who they are, or the server did it by itself. */
  actor: AuditPersonDto | null;
  /** The account it was done to. */
  subject: AuditPersonDto | null;
  /** Empty for what the server did by itself. */
  address: string;
  /** What the browser or app called itself; a claim. */
  userAgent: string;
  /** What else is known, by name. */
  @ApiProperty({ type: 'object', additionalProperties: true })
  details: Record<string, string | number | boolean | null>;
}

export class AuditPageDto {
  items: AuditEventDto[];
  /** Where the next page begins, null at the end. */
  nextCursor: string | null;
}
