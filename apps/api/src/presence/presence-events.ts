import type { PresenceDto } from './presence.dto.js';

/** Who hears of somebody: every member of these chats, and these people. */
export interface Audience {
  chatIds: readonly string[];
  userIds: readonly string[];
}

/** Somebody came, went, or stepped away, or may be seen by others than before; so these see it. */
export class PresenceChanged {
  constructor(
    readonly presence: PresenceDto,
    readonly audience: Audience,
  ) {}
}
