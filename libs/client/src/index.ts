export { ChatrClient } from './client.js';
export { ChatrError, type LocalProblemCode } from './errors.js';
export type { AdminApi } from './admin.js';
export type { AuthApi, Registration } from './auth.js';
export type { GroupsApi } from './groups.js';
export type { ChatrClientOptions, OutboxEntry, OutboxStorage, TokenStorage } from './options.js';
export type { OwnDataApi } from './own-data.js';
export type { SsoApi } from './sso.js';
export type { UsersApi } from './users.js';
export type { ChatView, ConnectionView, HistoryView, MessageView, Store, StoreChange } from './views.js';
export type {
  AdminUser,
  Chat,
  ExportStatus,
  ExportTicket,
  Group,
  Identity,
  Invite,
  Me,
  Member,
  Message,
  MessageStatus,
  Page,
  Presence,
  Role,
  ServerInfo,
  Session,
  SessionEndReason,
  User,
} from './wire.js';
