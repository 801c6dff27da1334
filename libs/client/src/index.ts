export { ChatrClient } from './client.js';
export { ChatrError, type LocalProblemCode } from './errors.js';
export type { AccountFilter, AdminApi, AuditFilter } from './admin.js';
export type { AuthApi, LoginOutcome, Registration } from './auth.js';
export type { GroupsApi } from './groups.js';
export type { ChatrClientOptions, OutboxEntry, OutboxStorage, TokenStorage } from './options.js';
export type { OwnDataApi } from './own-data.js';
export type { TwoFactorApi } from './two-factor.js';
export type { UsersApi } from './users.js';
export type { ChatView, ConnectionView, HistoryView, MessageView, Store, StoreChange } from './views.js';
export type {
  AdminUser,
  AdminUserDetail,
  AuditAction,
  AuditEvent,
  ChallengeMethod,
  Chat,
  ExportStatus,
  ExportTicket,
  Group,
  Invite,
  LoginChallenge,
  Me,
  Member,
  Message,
  MessageStatus,
  Page,
  Presence,
  RegistrationSetting,
  Role,
  ServerInfo,
  Session,
  SessionEndReason,
  TotpSetup,
  TwoFactorState,
  User,
} from './wire.js';
