export type SessionEndReason =
  'logout' | 'revoked' | 'password_reset' | 'suspended' | 'refresh_reuse' | 'account_deleted';

/** Sessions of one person are over, and that is committed: their tokens are good for nothing, their sockets must go. */
export class SessionsEnded {
  constructor(
    readonly userId: string,
    readonly sessionIds: readonly string[],
    readonly reason: SessionEndReason,
  ) {}
}
