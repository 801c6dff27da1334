import { MeDto } from '../../users/index.js';

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
