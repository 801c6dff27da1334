import { IsIn, IsOptional, IsString, Length } from 'class-validator';
import { USER_ROLES, type UserRole } from '../../platform/index.js';
import { ListUsersDto, MeDto } from '../../users/index.js';
import type { FactorKind } from './factor-resets.js';

/** Which accounts. */
export class ListAccountsDto extends ListUsersDto {
  @IsOptional()
  @IsIn(USER_ROLES)
  role?: UserRole;

  /** Left out: suspended ones and others. */
  @IsOptional()
  @IsIn(['true', 'false'])
  suspended?: 'true' | 'false';
}

/** An account as administrators see it. */
export class AdminUserDto extends MeDto {
  /** ISO 8601, UTC; null for an account in good standing. */
  suspendedAt: string | null;
}

export class AdminUserPageDto {
  items: AdminUserDto[];
  /** Where the next page begins, null at the end. */
  nextCursor: string | null;
}

/** Something beside the password that an account is protected with. What it is in particular, nobody but its owner sees. */
export class FactorStateDto {
  kind: FactorKind;
  /** How many of the kind there are. */
  count: number;
}

export class AdminUserDetailDto extends AdminUserDto {
  /** Every kind, in a fixed order, also those of which there are none. */
  factors: FactorStateDto[];
  /** How many sessions are live. */
  sessions: number;
}

export class ChangeRoleDto {
  @IsIn(USER_ROLES)
  role: UserRole;

  /** The present password of the administrator who asks. */
  @IsString()
  @Length(1, 1_000)
  password: string;
}
