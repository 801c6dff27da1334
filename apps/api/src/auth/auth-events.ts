export type SessionEndReason =
  'logout' | 'revoked' | 'administrator' | 'password_reset' | 'suspended' | 'refresh_reuse' | 'account_deleted';

/** Sessions of one person are over, and that is committed: their tokens are good for nothing, their sockets must go. */
export class SessionsEnded {
  constructor(
    readonly userId: string,
    readonly sessionIds: readonly string[],
    readonly reason: SessionEndReason,
  ) {}
}

/** Somebody is something else from now on, and that is committed: what is remembered of these sessions is out of date. */
export class RoleChanged {
  constructor(readonly sessionIds: readonly string[]) {}
}
