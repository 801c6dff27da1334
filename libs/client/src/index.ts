export { ChatrClient } from './client.js';
export { ChatrError, type LocalProblemCode } from './errors.js';
export type { AccountFilter, AdminApi, AuditFilter } from './admin.js';
export type { AuthApi, LoginOutcome, Registration } from './auth.js';
export type { ContactsApi } from './contacts.js';
export type { GroupsApi } from './groups.js';
export type { ChatrClientOptions, OutboxEntry, OutboxStorage, TokenStorage } from './options.js';
export type { OwnDataApi } from './own-data.js';
export type { PasskeysApi } from './passkeys.js';
export type { SsoApi } from './sso.js';
export type { TwoFactorApi } from './two-factor.js';
export type { UsersApi } from './users.js';
export type { ChatView, ConnectionView, HistoryView, MessageView, Store, StoreChange } from './views.js';
export type {
  AdminUser,
  AdminUserDetail,
  AuditAction,
  AuditEvent,
  Block,
  ChallengeMethod,
  Chat,
  Contact,
  ExportStatus,
  ExportTicket,
  Group,
  Identity,
  Invite,
  LoginChallenge,
  Me,
  Member,
  Message,
  MessageStatus,
  Page,
  Passkey,
  PasskeyOptions,
  Presence,
  RegistrationSetting,
  Privacy,
  PrivacyLevel,
  Profile,
  Role,
  ServerInfo,
  Session,
  SessionEndReason,
  TotpSetup,
  TwoFactorState,
  User,
  UsernameCheck,
} from './wire.js';
