/** Somebody's public profile changed, and the change is committed. */
export class UserUpdated {
  constructor(readonly userId: string) {}
}
