import type { UserEntity } from './user.entity.js';
import type { MeDto, UserDto } from './user.dto.js';

/** The columns that everybody may see. */
export type PublicUser = Pick<UserEntity, 'id' | 'username' | 'displayName' | 'avatarUrl' | 'about' | 'pronouns'>;

/** What everybody may see of a person, as `PUBLIC_USER_COLUMNS` selects it; all null where the account was deleted. */
export interface PublicUserRow {
  username: string | null;
  display_name: string | null;
  user_avatar_url: string | null;
  about: string | null;
  pronouns: string | null;
}

/** The columns of a `PublicUserRow`, for a query that names the person `u`. */
export const PUBLIC_USER_COLUMNS = 'u.username, u.display_name, u.avatar_url AS user_avatar_url, u.about, u.pronouns';

/** Joins the person with this id, unless the account was deleted. */
export function joinUser(id: string): string {
  return `LEFT JOIN users u ON u.id = ${id} AND u.deleted_at IS NULL`;
}

/** Who deleted their account: what they wrote stays, and this is the name that it carries. */
const DELETED_USER = {
  username: '',
  displayName: 'Deleted user',
  avatarUrl: null,
  about: '',
  pronouns: '',
  deleted: true,
};

export function toDeletedUser(id: string): UserDto {
  return { id, ...DELETED_USER };
}

/** The person of a joined row; a deleted one is nobody in particular. */
export function toJoinedUser(id: string, row: PublicUserRow): UserDto {
  if (row.username === null) return toDeletedUser(id);
  return {
    id,
    username: row.username,
    displayName: row.display_name ?? '',
    avatarUrl: row.user_avatar_url,
    about: row.about ?? '',
    pronouns: row.pronouns ?? '',
  };
}

/** Field by field, so that a new column is never shown by accident. */
export function toUser(user: PublicUser): UserDto {
  return {
    id: user.id,
    username: user.username,
    displayName: user.displayName,
    avatarUrl: user.avatarUrl,
    about: user.about,
    pronouns: user.pronouns,
  };
}

/** What somebody may still know of a person who blocked them, where they are in a group together: the name and the picture. */
export function withoutProfile({ id, username, displayName, avatarUrl }: UserDto): UserDto {
  return { id, username, displayName, avatarUrl, about: '', pronouns: '' };
}

/** An account whole, but for what only the search and changes of the username look at. */
export type Account = Omit<UserEntity, 'searchKey' | 'usernameChangedAt'>;

/** For the owner's eyes. */
export function toMe(user: Account): MeDto {
  return {
    ...toUser(user),
    email: user.email,
    phone: user.phone,
    phoneVerified: user.phoneVerifiedAt !== null,
    language: user.language,
    role: user.role,
    createdAt: user.createdAt.toISOString(),
  };
}
