import { Type } from 'class-transformer';
import { IsEmail, IsInt, IsOptional, IsUUID, Max, MaxLength, Min } from 'class-validator';
import { LIMITS } from '@chatr/contracts';
import { NormalisedEmail } from '../../users/index.js';

export class CreateInviteDto {
  @NormalisedEmail()
  @MaxLength(254)
  @IsEmail()
  email: string;
}

export class InviteDto {
  id: string;
  email: string;
  /** The administrator's id. */
  invitedBy: string;
  /** ISO 8601, UTC. */
  createdAt: string;
  /** ISO 8601, UTC. */
  expiresAt: string;
}

export class ListInvitesDto {
  /** What the page before gave as `nextCursor`. */
  @IsOptional()
  @IsUUID()
  cursor?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(LIMITS.listPage)
  limit?: number;
}

export class InvitePageDto {
  items: InviteDto[];
  /** Where the next page begins, null at the end. */
  nextCursor: string | null;
}
