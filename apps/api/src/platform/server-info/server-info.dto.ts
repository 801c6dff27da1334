/** The provider that people can sign in with. */
export class SsoInfoDto {
  /** What people call it; for the button's "Continue with …". */
  name: string;
  /** Whether it is the only way in: passwords are refused, and nobody registers with a form. */
  only: boolean;
}

export class ServerInfoDto {
  /** Who may register: everybody, the invited, nobody, or everybody at certain e-mail domains. */
  registration: 'open' | 'invite' | 'closed' | 'domains';
  /** Whether mail is not sent but kept in the development mailbox, `/api/dev/mailbox`. */
  developmentMailbox: boolean;
  /** Whether text messages are offered, be it that they are kept in the development mailbox. */
  textMessages: boolean;
  /** Whether people can sign in with passkeys, which takes a server with a host name. */
  passkeys: boolean;
  /** Null where there is no single sign-on. */
  sso: SsoInfoDto | null;
}
