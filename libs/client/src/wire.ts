import type { components, Member, Message, operations } from '@chatr/contracts';

export type {
  Ack,
  Chat,
  ChatChanges,
  ChatUpdated,
  ClientEvents,
  Me,
  Member,
  Message,
  MessagePage,
  Position,
  Presence,
  ServerEvents,
  ServerInfo,
  SyncAnswer,
  SyncRequest,
  User,
} from '@chatr/contracts';

type Schemas = components['schemas'];

export type MessageStatus = NonNullable<Message['status']>;
export type Role = Member['role'];
export type Group = Schemas['GroupDto'];
/** Somebody, as this person may see them. */
export type Profile = Schemas['ProfileDto'];
export type Contact = Schemas['ContactDto'];
/** What this person lets others see. */
export type Privacy = Schemas['PrivacyDto'];
export type PrivacyLevel = Privacy['presence'];
export type UsernameCheck = Schemas['UsernameCheckDto'];
/** A message for a chat that is there already. */
export type SendDraft = Schemas['SendEventDto'] & { chatId: string };
export type SessionEndReason = Schemas['SessionEndedDto']['reason'];
/** Where somebody is logged in. */
export type Session = Schemas['SessionDto'];
/** A link to one download of everything that is kept about somebody. */
export type ExportTicket = Schemas['ExportTicketDto'];
export type ExportStatus = Schemas['ExportStatusDto'];
/** Somebody as the provider of single sign-on knows them. */
export type Identity = Schemas['IdentityDto'];
/** Somebody whom this person blocked, and when. */
export type Block = Schemas['BlockDto'];
export type Invite = Schemas['InviteDto'];
/** An account as administrators see it. */
export type AdminUser = Schemas['AdminUserDto'];
export type AdminUserDetail = Schemas['AdminUserDetailDto'];
/** What is written into the audit log; a newer server may know more of them. */
export type AuditAction = NonNullable<NonNullable<operations['Audit_list']['parameters']['query']>['action']>;
export type AuditEvent = Schemas['AuditEventDto'];
/** Who may register: what administrators set, and what the configuration says. */
export type RegistrationSetting = Schemas['RegistrationDto'];
/** What a log-in still needs after the right password; good for 10 minutes. */
export type LoginChallenge = Schemas['ChallengeDto'];
export type ChallengeMethod = LoginChallenge['methods'][number];
export type TwoFactorState = Schemas['TwoFactorDto'];
/** What an authenticator app needs. */
export type TotpSetup = Schemas['TotpSetupDto'];
export type Passkey = Schemas['PasskeyDto'];
/** A PublicKeyCredentialCreationOptionsJSON or PublicKeyCredentialRequestOptionsJSON of WebAuthn. */
export type PasskeyOptions = Schemas['CeremonyDto']['options'];
/** What a log-in and a refresh answer with. */
export type Tokens = Schemas['TokensDto'];

/** One page of a list; `nextCursor` is null at the end. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}
