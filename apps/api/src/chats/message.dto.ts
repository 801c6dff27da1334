export const MESSAGE_TYPES = ['text', 'image', 'audio', 'video', 'file', 'system'] as const;
export type MessageType = (typeof MESSAGE_TYPES)[number];

/** How far a message has come, for its sender's eyes. */
export type MessageStatus = 'sent' | 'delivered' | 'read';

/** What the answered message said, as far as the reader may see it. */
export class ReplyDto {
  seq: number;
  /** Left out, like what follows, when the reader may not see that message. */
  id?: string;
  senderId?: string;
  /** The beginning of its text. */
  content?: string;
}

/** What a system message tells. Its `content` says the same in English. */
export class SystemNoteDto {
  kind: 'members_added' | 'member_removed' | 'member_left' | 'renamed';
  actorId: string;
  /** Who was added or removed. */
  userIds?: string[];
  /** The new name. */
  name?: string;
}

export class ReactionDto {
  emoji: string;
  userIds: string[];
}

export class MessageDto {
  id: string;
  chatId: string;
  /** The message's number in its chat: 1, 2, 3… without a gap, in the order of commit. */
  seq: number;
  /** The chat's change counter when this message last changed. The higher version of a message replaces the lower one. */
  version: number;
  /** The sender's name for this message: sending it again under the same name makes no second one. */
  clientId: string;
  senderId: string;
  type: MessageType;
  /** Empty once the message is unsent. */
  content: string;
  replyTo?: ReplyDto;
  /** Only with type `system`. */
  system?: SystemNoteDto;
  reactions: ReactionDto[];
  /** Ids of the people mentioned. */
  mentions: string[];
  /** ISO 8601, UTC. */
  createdAt: string;
  /** ISO 8601, UTC; when it was last edited. */
  editedAt?: string;
  /** ISO 8601, UTC; when it was unsent. */
  deletedAt?: string;
  /** Only for the sender, and not in groups of more than 50. */
  status?: MessageStatus;
}
