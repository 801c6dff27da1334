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

/** What people may see of somebody changed, and the change is committed. */
export class VisibilityChanged {
  constructor(
    readonly userId: string,
    /** For whom; left out: for everybody. */
    readonly viewerIds?: readonly string[],
  ) {}
}

/** Somebody was added to, or taken from, somebody's contacts. */
export class ContactChanged {
  constructor(
    readonly userId: string,
    readonly contactId: string,
    readonly isContact: boolean,
  ) {}
}
