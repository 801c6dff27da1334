import type { ChatRemovedDto, ChatUpdatedDto } from './chat.dto.js';
import type { SharedMessage } from './shared-message.js';

/** Something that took a version of a chat. */
export type ChatChange =
  | { kind: 'created'; userIds: readonly string[] }
  | { kind: 'message'; event: 'sent' | 'edited' | 'unsent'; shared: SharedMessage; hiddenFrom?: Newcomers }
  | {
      kind: 'updated';
      update: ChatUpdatedDto;
      joined: readonly string[];
      left: readonly DepartedMember[];
      /** Those who see something else of it than `update` says. */
      personal?: readonly PersonalUpdate[];
    };

/** How a change of a direct chat looks to one of the two. */
export interface PersonalUpdate {
  userId: string;
  update: ChatUpdatedDto;
  /** Whether this one shows nothing of themselves there from now on: the other one is not told when they type. */
  withdrawn: boolean;
}

/** Members who came after a message, and so must not see it: they are told no more than that the version moved on. */
export interface Newcomers {
  userIds: readonly string[];
  memberCount: number;
}

export interface DepartedMember {
  userId: string;
  reason: ChatRemovedDto['reason'];
}

/** A chat's version moved on, and the change is committed. */
export class ChatChanged {
  constructor(
    readonly chatId: string,
    readonly version: number,
    readonly change: ChatChange,
  ) {}
}

/** Who is in the chat by this change and was not before. */
export function joinedBy(change: ChatChange): readonly string[] {
  if (change.kind === 'created') return change.userIds;
  return change.kind === 'updated' ? change.joined : [];
}

/** Somebody received or read everything up to a message. */
export class PositionMoved {
  constructor(
    readonly chatId: string,
    readonly userId: string,
    readonly status: 'delivered' | 'read',
    readonly seq: number,
    readonly messageId: string,
    /** Whether the other members may see it. */
    readonly visibleToOthers: boolean,
  ) {}
}

/** Somebody declined a request: for them the chat is gone, for the one who asked nothing has changed. */
export class RequestDeclined {
  constructor(
    readonly chatId: string,
    readonly userId: string,
  ) {}
}

/** The two of a direct chat see each other differently now: one let the other in, shut them out, or no longer does. */
export class StandingChanged {
  constructor(
    readonly personId: string,
    readonly peerId: string,
  ) {}
}
