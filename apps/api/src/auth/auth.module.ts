import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AuditModule } from '../audit/index.js';
import { AddressThrottle, PersonThrottle } from '../platform/index.js';
import { UsersModule } from '../users/index.js';
import { AccessGuard } from './access/access.guard.js';
import { AccessTokens } from './access/access-tokens.js';
import { LiveSessions } from './access/live-sessions.js';
import { AdminController } from './admin/admin.controller.js';
import { AdminService } from './admin/admin.service.js';
import { AuthController } from './auth.controller.js';
import { AuthMails } from './auth-mails.js';
import { AuthOwnData } from './auth-own-data.js';
import { Codes } from './codes/codes.js';
import { InvitesController } from './invites/invites.controller.js';
import { InvitesRepository } from './invites/invites.repository.js';
import { InvitesService } from './invites/invites.service.js';
import { KeyedHash } from './keyed-hash.js';
import { LoginService } from './login/login.service.js';
import { PasswordResetService } from './passwords/password-reset.service.js';
import { PasswordResetsRepository } from './passwords/password-resets.repository.js';
import { Passwords } from './passwords/passwords.js';
import { Reauthentication } from './passwords/reauthentication.js';
import { Admission } from './registration/admission.js';
import { Newcomers } from './registration/newcomers.js';
import { RegistrationService } from './registration/registration.service.js';
import { RegistrationsRepository } from './registration/registrations.repository.js';
import { FamiliarBrowsers } from './sessions/familiar-browsers.js';
import { RefreshCookie } from './sessions/refresh-cookie.js';
import { RefreshTokens } from './sessions/refresh-tokens.js';
import { SessionRevocations } from './sessions/session-revocations.js';
import { SessionsController } from './sessions/sessions.controller.js';
import { SessionsRepository } from './sessions/sessions.repository.js';
import { SessionsService } from './sessions/sessions.service.js';
import { TokenDelivery } from './sessions/token-delivery.js';
import { BrowserBinding } from './sso/browser-binding.js';
import { IdentitiesOwnData } from './sso/identities-own-data.js';
import { IdentitiesRepository } from './sso/identities.repository.js';
import { IdentitiesService } from './sso/identities.service.js';
import { IdentityLinks } from './sso/identity-links.js';
import { IdentityProvider } from './sso/identity-provider.js';
import { RolesByClaim } from './sso/roles-by-claim.js';
import { SsoFlowsRepository } from './sso/sso-flows.repository.js';
import { SsoNewcomers } from './sso/sso-newcomers.js';
import { SsoSignInService } from './sso/sso-sign-in.service.js';
import { SsoController } from './sso/sso.controller.js';
import { SsoService } from './sso/sso.service.js';
import { AuthThrottles } from './throttles.js';

/** The guards stand in the order they are listed: how often may this address ask, who is it, how often may they ask. */
const GUARDS = [AddressThrottle, AccessGuard, PersonThrottle].map((useClass) => ({ provide: APP_GUARD, useClass }));

@Module({
  imports: [AuditModule, UsersModule],
  controllers: [AuthController, SsoController, SessionsController, InvitesController, AdminController],
  providers: [
    ...GUARDS,
    AccessTokens,
    AdminService,
    Admission,
    AuthMails,
    AuthOwnData,
    AuthThrottles,
    BrowserBinding,
    Codes,
    IdentitiesOwnData,
    IdentitiesRepository,
    IdentitiesService,
    IdentityLinks,
    IdentityProvider,
    InvitesRepository,
    InvitesService,
    KeyedHash,
    FamiliarBrowsers,
    LiveSessions,
    LoginService,
    Newcomers,
    PasswordResetService,
    PasswordResetsRepository,
    Passwords,
    Reauthentication,
    RefreshCookie,
    RefreshTokens,
    RegistrationService,
    RegistrationsRepository,
    RolesByClaim,
    SessionRevocations,
    SessionsRepository,
    SessionsService,
    SsoFlowsRepository,
    SsoNewcomers,
    SsoService,
    SsoSignInService,
    TokenDelivery,
  ],
  exports: [AccessTokens, Reauthentication, SessionRevocations, SessionsRepository],
})
export class AuthModule {}
