export { blockersOf, BlocksRepository } from './blocks.repository.js';
export { ContactChangeDto } from './contacts/contact.dto.js';
export { ContactEntity } from './contacts/contact.entity.js';
export {
  IsPhone,
  IsReadableName,
  IsUsername,
  NormalisedEmail,
  NormalisedPhone,
  NormalisedUsername,
  Trimmed,
} from './field-rules.js';
export { foldForSearch, isReadableName, normaliseEmail, normaliseUsername, usernameProblem } from './names.js';
export { PeopleVisibility, type Visible } from './privacy/people-visibility.js';
export { PrivacyEntity } from './privacy/privacy.entity.js';
export { decodeUserCursor, encodeUserCursor } from './user-cursor.js';
export { ListUsersDto, MeDto, UserDto } from './user.dto.js';
export { UserEntity } from './user.entity.js';
export { ContactChanged, UserDeleted, UserUpdated, VisibilityChanged } from './user-events.js';
export { UsernamesService } from './usernames/usernames.service.js';
export {
  type Account,
  joinUser,
  PUBLIC_USER_COLUMNS,
  type PublicUserRow,
  toDeletedUser,
  toJoinedUser,
  toMe,
  withoutProfile,
} from './user-view.js';
export { UsersModule } from './users.module.js';
export { UsersRepository } from './users.repository.js';
export { UsersService } from './users.service.js';
