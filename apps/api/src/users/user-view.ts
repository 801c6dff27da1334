import type { UserEntity } from './user.entity.js';
import type { MeDto, UserDto } from './user.dto.js';

/** The columns that everybody may see. */
export type PublicUser = Pick<UserEntity, 'id' | 'username' | 'displayName' | 'avatarUrl' | 'about'>;

/** Field by field, so that a new column is never shown by accident. */
export function toUser(user: PublicUser): UserDto {
  return {
    id: user.id,
    username: user.username,
    displayName: user.displayName,
    avatarUrl: user.avatarUrl,
    about: user.about,
  };
}

/** An account whole, but for what only the search looks at. */
export type Account = Omit<UserEntity, 'searchKey'>;

/** For the owner's eyes. */
export function toMe(user: Account): MeDto {
  return { ...toUser(user), email: user.email, role: user.role, createdAt: user.createdAt.toISOString() };
}
