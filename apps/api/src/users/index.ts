export {
  IsPhone,
  IsReadableName,
  IsUsername,
  NormalisedEmail,
  NormalisedPhone,
  NormalisedUsername,
  Trimmed,
} from './field-rules.js';
export { normaliseEmail, normaliseUsername } from './names.js';
export { decodeUserCursor, encodeUserCursor } from './user-cursor.js';
export { ListUsersDto, MeDto, UserDto } from './user.dto.js';
export { UserEntity } from './user.entity.js';
export { UserDeleted, UserUpdated } from './user-events.js';
export {
  type Account,
  joinUser,
  PUBLIC_USER_COLUMNS,
  type PublicUserRow,
  toDeletedUser,
  toJoinedUser,
  toMe,
} from './user-view.js';
export { UsersModule } from './users.module.js';
export { UsersRepository } from './users.repository.js';
export { UsersService } from './users.service.js';
