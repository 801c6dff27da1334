/** What each mail has to be told, beside whom it greets, its code and its link. */
export interface MailFacts {
  /** A code that completes a log-in. */
  loginCode: Nothing;
  /** A log-in from a device that the account does not know. */
  newDevice: Whereabouts;
  /** The password was right, five codes after it were not. */
  codesGuessed: Whereabouts;
  twoStepOn: Whereabouts;
  twoStepOff: Whereabouts;
  recoveryCodesRenewed: Whereabouts;
  recoveryCodeUsed: Whereabouts & { left: number };
  passkeyAdded: Whereabouts & { name: string };
  passkeyRemoved: Whereabouts & { name: string };
  /** A passkey that is bound to one device was used, and seems to be on another as well. */
  passkeyCloned: Whereabouts & { name: string };
  verification: { username: string };
  alreadyRegistered: Nothing;
  passwordReset: Nothing;
  passwordChanged: Nothing;
  /** By somebody who was logged in and knew it. */
  ownPasswordChanged: Whereabouts;
  /** Somebody at the provider of single sign-on can sign in to the account from now on. */
  identityLinked: { provider: string; label: string };
  invitation: { invitedBy: string };
  /** The code that goes to the address an account has. */
  emailChangePresent: { email: string };
  /** The code that goes to the address it is to have. */
  emailChangeNew: { username: string };
  /** To the owner of an address that somebody else wanted for their account. */
  emailTaken: Nothing;
  /** To both addresses. */
  emailChanged: { from: string; to: string };
  phoneChanged: { phone: string };
  phoneRemoved: { phone: string };
  /** Somebody is an administrator from now on, or no more. */
  roleChanged: { admin: boolean };
  /** An administrator took the second factors away. */
  factorsReset: Nothing;
}

/** From where somebody did something. */
export interface Whereabouts {
  /** Browser and system as people call them; undefined where they are not known. */
  device: string | undefined;
  address: string;
  /** Town and country; empty where nobody tells them. */
  place: string;
  /** "2026-11-25 09:14 UTC": read the same way everywhere. */
  time: string;
}

/** For what says the same to everybody. */
type Nothing = Readonly<Record<string, never>>;

export type MailName = keyof MailFacts;

/** A mail in words; its code stands between the last paragraph and the footnote. */
export interface MailWords {
  subject: string;
  paragraphs: readonly string[];
  /** What the link is called, where there is one. */
  link?: string;
  /** What to do when one did not ask for this mail. */
  footnote?: string;
}

/** What each text message has to be told. */
export interface SmsFacts {
  loginCode: { code: string };
  phoneCode: { code: string };
  /** To the owner of a number that somebody else wanted for their account. */
  phoneTaken: Nothing;
  phoneChanged: Nothing;
  phoneRemoved: Nothing;
}

export type SmsName = keyof SmsFacts;

/**
 * Everything that is mailed and texted, in one language. The compiler sees to it that each language has all of it. Values that
 * people chose come in as they are: `compose` makes sure that they stay text.
 */
export interface Catalogue {
  greeting: (displayName: string | undefined) => string;
  mails: { readonly [Name in MailName]: (facts: MailFacts[Name]) => MailWords };
  texts: { readonly [Name in SmsName]: (facts: SmsFacts[Name]) => string };
}
