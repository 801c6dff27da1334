import type { Chat, Message } from '@chatr/client';

/** What was read of the server at the end. */
export interface Evidence {
  /** By chat, whole. */
  logs: Map<string, Message[]>;
  /** By person, as the server lists them. */
  chats: Map<string, Chat[]>;
}
