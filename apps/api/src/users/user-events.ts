/** Somebody's public profile changed, and the change is committed. */
export class UserUpdated {
  constructor(readonly userId: string) {}
}

/** Somebody deleted their account, and that is committed: wherever they were, they are nobody in particular from now on. */
export class UserDeleted {
  constructor(
    readonly userId: string,
    /** The chats whose members have seen them, as far as chats tell profiles. */
    readonly chatIds: readonly string[],
  ) {}
}
