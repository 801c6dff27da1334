import type { SharedMessage } from '../../chats/index.js';
import type { SendTurn } from './send-lane.js';

/** A message on its way into the log. */
export interface AppendDraft {
  chatId: string;
  senderId: string;
  clientId: string;
  type: 'text';
  content: string;
  replyToId?: string;
}

export interface Appended {
  shared: SharedMessage;
  /** Whether the message was in the log already, under the same `clientId`: it is returned as stored. */
  replayed: boolean;
  /** The chat's version at which this message, or one that was written with it, accepted the request that the chat was. */
  acceptedVersion?: number;
}

/** A draft that waits for its batch. */
export interface AppendEntry {
  draft: AppendDraft;
  turn: SendTurn | undefined;
  /** In milliseconds of `performance.now()`: how long a database that does not answer is waited for. */
  deadline: number;
  resolve(appended: Appended): void;
  reject(error: unknown): void;
}

/** What became of one draft of a batch once it is committed. */
export type AppendOutcome = { appended: Appended } | { refused: Error } | typeof CONTENDED;

/** Somebody else holds the lock of the draft's chat: nothing was done about it. */
export const CONTENDED = { contended: true } as const;

/** The name that makes a message the same one, however often it is sent. */
export function nameOf({ chatId, senderId, clientId }: AppendDraft): string {
  return `${chatId} ${senderId} ${clientId}`;
}
