import type { DataSourceOptions } from 'typeorm';
import {
  IdentityEntity,
  InviteEntity,
  PasskeyEntity,
  PasswordResetEntity,
  RegistrationEntity,
  SessionEntity,
} from '../auth/index.js';
import { ChatEntity, ChatMemberEntity, UserCursorEntity } from '../chats/index.js';
import { MessageEditEntity, MessageEntity } from '../messages/index.js';
import { LastSeenEntity } from '../presence/index.js';
import { ContactEntity, PrivacyEntity, UserEntity } from '../users/index.js';
import { People1764000100000 } from './1764000100000-people.js';
import { Chats1764000200000 } from './1764000200000-chats.js';
import { Nodes1764000300000 } from './1764000300000-nodes.js';
import { Audit1764000400000 } from './1764000400000-audit.js';
import { Identities1764000440000 } from './1764000440000-identities.js';
import { Privacy1764000450000 } from './1764000450000-privacy.js';
import { Blocks1764000460000 } from './1764000460000-blocks.js';
import { OwnData1764000480000 } from './1764000480000-own-data.js';
import { Factors1764000410000 } from './1764000410000-factors.js';
import { Channels1764000420000 } from './1764000420000-channels.js';
import { Passkeys1764000430000 } from './1764000430000-passkeys.js';
import { Administration1764000470000 } from './1764000470000-administration.js';

export const entities: DataSourceOptions['entities'] = [
  UserEntity,
  PrivacyEntity,
  ContactEntity,
  InviteEntity,
  RegistrationEntity,
  PasskeyEntity,
  PasswordResetEntity,
  SessionEntity,
  IdentityEntity,
  ChatEntity,
  ChatMemberEntity,
  UserCursorEntity,
  MessageEntity,
  MessageEditEntity,
  LastSeenEntity,
];

/** In the order in which they are applied. */
export const migrations: DataSourceOptions['migrations'] = [
  People1764000100000,
  Chats1764000200000,
  Nodes1764000300000,
  Audit1764000400000,
  Identities1764000440000,
  Privacy1764000450000,
  Blocks1764000460000,
  OwnData1764000480000,
  Factors1764000410000,
  Channels1764000420000,
  Passkeys1764000430000,
  Administration1764000470000,
];
