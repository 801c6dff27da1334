export { type Actor, CurrentUser } from '../platform/index.js';
export { AccessTokens } from './access/access-tokens.js';
export { SessionsEnded } from './auth-events.js';
export { AuthModule } from './auth.module.js';
export { InviteEntity } from './invites/invite.entity.js';
export { PasswordResetEntity } from './passwords/password-reset.entity.js';
export { RegistrationEntity } from './registration/registration.entity.js';
export { SessionEntity } from './sessions/session.entity.js';
export { SessionRevocations } from './sessions/session-revocations.js';
