export class ServerInfoDto {
  /** Who may register: everybody, the invited, nobody, or everybody at certain e-mail domains. */
  registration: 'open' | 'invite' | 'closed' | 'domains';
  /** Whether mail is not sent but kept in the development mailbox, `/api/dev/mailbox`. */
  developmentMailbox: boolean;
  /** Whether text messages are offered, be it that they are kept in the development mailbox. */
  textMessages: boolean;
}
