import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AuditModule } from '../audit/index.js';
import { AddressThrottle, PersonThrottle } from '../platform/index.js';
import { UsersModule } from '../users/index.js';
import { AccessGuard } from './access/access.guard.js';
import { AccessTokens } from './access/access-tokens.js';
import { LiveSessions } from './access/live-sessions.js';
import { RoleChanges } from './access/role-changes.js';
import { AccountRolesService } from './admin/account-roles.service.js';
import { AccountSecurityController } from './admin/account-security.controller.js';
import { AccountSecurityService } from './admin/account-security.service.js';
import { AccountSessionsService } from './admin/account-sessions.service.js';
import { AdminController } from './admin/admin.controller.js';
import { AdminService } from './admin/admin.service.js';
import { Administrators } from './admin/administrators.js';
import { FactorResets } from './admin/factor-resets.js';
import { OwnFactorResets } from './admin/own-factor-resets.js';
import { AuthController } from './auth.controller.js';
import { AuthMails } from './auth-mails.js';
import { AuthOwnData } from './auth-own-data.js';
import { AuthTexts } from './auth-texts.js';
import { Codes } from './codes/codes.js';
import { Factors } from './factors/factors.js';
import { FactorsRepository } from './factors/factors.repository.js';
import { SecretBox } from './factors/secret-box.js';
import { SecretRotation } from './factors/secret-rotation.js';
import { TwoFactorController } from './factors/two-factor.controller.js';
import { TwoFactorService } from './factors/two-factor.service.js';
import { AddressSuccession } from './contact-changes/address-succession.js';
import { ContactChangesController } from './contact-changes/contact-changes.controller.js';
import { EmailChangeService } from './contact-changes/email-change.service.js';
import { EmailChangesRepository } from './contact-changes/email-changes.repository.js';
import { PhoneChangeService } from './contact-changes/phone-change.service.js';
import { PhoneChangesRepository } from './contact-changes/phone-changes.repository.js';
import { InvitesController } from './invites/invites.controller.js';
import { InvitesRepository } from './invites/invites.repository.js';
import { InvitesService } from './invites/invites.service.js';
import { KeyedHash } from './keyed-hash.js';
import { ChallengeCodes } from './login/challenge-codes.js';
import { ChallengeMethods } from './login/challenge-methods.js';
import { ChallengesService } from './login/challenges.service.js';
import { LoginChallengesRepository } from './login/login-challenges.repository.js';
import { LoginController } from './login/login.controller.js';
import { LoginService } from './login/login.service.js';
import { PasskeyChallenges } from './passkeys/passkey-challenges.js';
import { PasskeyLogin } from './passkeys/passkey-login.js';
import { Passkeys } from './passkeys/passkeys.js';
import { PasskeysController } from './passkeys/passkeys.controller.js';
import { PasskeysOwnData } from './passkeys/passkeys-own-data.js';
import { PasskeysRepository } from './passkeys/passkeys.repository.js';
import { PasskeysService } from './passkeys/passkeys.service.js';
import { RelyingParty } from './passkeys/relying-party.js';
import { EmailCodes } from './login/methods/email-codes.js';
import { PasskeySignatures } from './login/methods/passkey-signatures.js';
import { RecoveryCodes } from './login/methods/recovery-codes.js';
import { SmsCodes } from './login/methods/sms-codes.js';
import { TotpCodes } from './login/methods/totp-codes.js';
import { PasswordLogin } from './login/password-login.js';
import { RecoveryCodeUses } from './login/recovery-code-uses.js';
import { PasswordResetService } from './passwords/password-reset.service.js';
import { PasswordResetsRepository } from './passwords/password-resets.repository.js';
import { PasswordController } from './passwords/password.controller.js';
import { PasswordChangeService } from './passwords/password-change.service.js';
import { PasswordRenewal } from './passwords/password-renewal.js';
import { Passwords } from './passwords/passwords.js';
import { Reauthentication } from './passwords/reauthentication.js';
import { Admission } from './registration/admission.js';
import { RegistrationPolicyController } from './registration/registration-policy.controller.js';
import { RegistrationPolicyService } from './registration/registration-policy.service.js';
import { Newcomers } from './registration/newcomers.js';
import { RegistrationService } from './registration/registration.service.js';
import { RegistrationsRepository } from './registration/registrations.repository.js';
import { FamiliarBrowsers } from './sessions/familiar-browsers.js';
import { SecurityMails } from './security-mails.js';
import { DeviceCookie } from './sessions/device-cookie.js';
import { KnownDevices } from './sessions/known-devices.js';
import { RefreshCookie } from './sessions/refresh-cookie.js';
import { RefreshTokens } from './sessions/refresh-tokens.js';
import { SessionEndings } from './sessions/session-endings.js';
import { SessionRevocations } from './sessions/session-revocations.js';
import { SessionStarter } from './sessions/session-starter.js';
import { SessionsController } from './sessions/sessions.controller.js';
import { SessionsRepository } from './sessions/sessions.repository.js';
import { SessionsService } from './sessions/sessions.service.js';
import { TokenDelivery } from './sessions/token-delivery.js';
import { SsoController } from './sso/sso.controller.js';
import { SSO_PROVIDERS } from './sso/sso-providers.js';
import { AuthThrottles } from './throttles.js';

/** The guards stand in the order they are listed: how often may this address ask, who is it, how often may they ask. */
const GUARDS = [AddressThrottle, AccessGuard, PersonThrottle].map((useClass) => ({ provide: APP_GUARD, useClass }));

@Module({
  imports: [AuditModule, UsersModule],
  controllers: [
    AuthController,
    ContactChangesController,
    LoginController,
    PasswordController,
    PasskeysController,
    TwoFactorController,
    SessionsController,
    SsoController,
    InvitesController,
    AdminController,
    AccountSecurityController,
    RegistrationPolicyController,
  ],
  providers: [
    ...GUARDS,
    ...SSO_PROVIDERS,
    AccessTokens,
    AccountRolesService,
    AccountSecurityService,
    AccountSessionsService,
    AddressSuccession,
    AdminService,
    Administrators,
    Admission,
    AuthMails,
    AuthOwnData,
    AuthTexts,
    AuthThrottles,
    ChallengeCodes,
    ChallengeMethods,
    ChallengesService,
    Codes,
    DeviceCookie,
    EmailChangeService,
    EmailChangesRepository,
    EmailCodes,
    FactorResets,
    Factors,
    FactorsRepository,
    InvitesRepository,
    InvitesService,
    KeyedHash,
    FamiliarBrowsers,
    KnownDevices,
    LiveSessions,
    LoginChallengesRepository,
    LoginService,
    OwnFactorResets,
    Newcomers,
    PasswordChangeService,
    PasskeyChallenges,
    PasskeyLogin,
    PasskeySignatures,
    Passkeys,
    PasskeysOwnData,
    PasskeysRepository,
    PasskeysService,
    PasswordLogin,
    PasswordRenewal,
    PasswordResetService,
    PasswordResetsRepository,
    Passwords,
    PhoneChangeService,
    PhoneChangesRepository,
    Reauthentication,
    RecoveryCodeUses,
    RecoveryCodes,
    RefreshCookie,
    RefreshTokens,
    RegistrationPolicyService,
    RegistrationService,
    RegistrationsRepository,
    RoleChanges,
    RelyingParty,
    SecretBox,
    SecretRotation,
    SecurityMails,
    SessionEndings,
    SessionRevocations,
    SessionStarter,
    SessionsRepository,
    SessionsService,
    SmsCodes,
    TokenDelivery,
    TotpCodes,
    TwoFactorService,
  ],
  exports: [AccessTokens, Reauthentication, SessionRevocations, SessionsRepository],
})
export class AuthModule {}
