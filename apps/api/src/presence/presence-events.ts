import type { PresenceDto } from './presence.dto.js';

/** Somebody came, went, or stepped away. The members of these chats may know, but for those who are kept from it. */
export class PresenceChanged {
  constructor(
    readonly presence: PresenceDto,
    readonly chatIds: readonly string[],
    readonly hiddenFrom: readonly string[],
  ) {}
}
