import type { DataSourceOptions } from 'typeorm';
import { InviteEntity, PasswordResetEntity, RegistrationEntity, SessionEntity } from '../auth/index.js';
import { UserEntity } from '../users/index.js';
import { People1764000100000 } from './1764000100000-people.js';

export const entities: DataSourceOptions['entities'] = [
  UserEntity,
  InviteEntity,
  RegistrationEntity,
  PasswordResetEntity,
  SessionEntity,
];

/** In the order in which they are applied. */
export const migrations: DataSourceOptions['migrations'] = [People1764000100000];
