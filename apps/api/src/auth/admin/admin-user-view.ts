import { type Account, toMe } from '../../users/index.js';
import type { AdminUserDto } from './admin.dto.js';

/** For administrators' eyes. */
export function toAdminUser(user: Account): AdminUserDto {
  return { ...toMe(user), suspendedAt: user.suspendedAt?.toISOString() ?? null };
}
