import type { Problem } from '@chatr/contracts';
import type { ChatrError } from './errors.js';
import type { Chat, Message, MessageStatus, Presence } from './wire.js';

/**
 * A message as the store shows it: one that the server has confirmed, or one that is still on its way. Views never change in
 * place: a changed message is a new object, an unchanged one keeps its reference.
 */
export interface MessageView extends Omit<Message, 'id' | 'seq' | 'version' | 'status'> {
  /** Stays the same while a message goes from sending to confirmed: what lists track rows by. */
  key: string;
  /** `confirmed` by the server, still `sending` (or waiting for the connection), or `failed`: see `problem`, retry or discard. */
  state: 'sending' | 'failed' | 'confirmed';
  /** Why it failed; with `failed` only. */
  problem?: Problem;
  /** Left out until confirmed. */
  id?: string;
  /** Left out until confirmed. */
  seq?: number;
  /** Whether this person sent it. */
  mine: boolean;
  /** How far an own, confirmed message has come; not in groups that are too large for receipts, and not for system messages. */
  status?: MessageStatus;
}

/** A chat as the list shows it, with live counts. */
export interface ChatView extends Omit<Chat, 'lastMessage'> {
  /** The newest message, an own one on its way included; null in an empty chat. */
  lastMessage: MessageView | null;
  /** In a direct chat, the id of the other person. */
  peerId?: string;
}

/** How much of a chat's history the store holds. */
export interface HistoryView {
  /** Whether a page has been fetched; until then the store holds the newest message and what came live. */
  loaded: boolean;
  /** Whether there are messages before the oldest one held. */
  hasOlder: boolean;
  loading: boolean;
  /** Why the last attempt to load failed; goes with the next attempt. */
  error?: ChatrError;
}

/** What a notification of the store is about. Several changes made in one go come as one notification. */
export interface StoreChange {
  /** The list of chats, or a row of it, changed. */
  chats: boolean;
  /** The chats whose messages, history state or members changed. */
  chatIds: ReadonlySet<string>;
  /** The people whose presence changed. */
  presence: ReadonlySet<string>;
  /** The chats in which who is typing changed. */
  typing: ReadonlySet<string>;
}

/**
 * What this person's chats look like right now. Everything it returns is immutable: the same reference while unchanged.
 * Listeners are called in a microtask after the change.
 */
export interface Store {
  /** Whether the chats have been fetched once since log-in. */
  readonly ready: boolean;
  /** Newest activity first. */
  readonly chats: readonly ChatView[];
  chat(chatId: string): ChatView | undefined;
  /** Ascending: confirmed ones by `seq`, then those on their way in the order of sending. */
  messages(chatId: string): readonly MessageView[];
  history(chatId: string): HistoryView;
  /** Undefined while unknown. */
  presence(userId: string): Presence | undefined;
  /** The ids of the other people who are typing now. */
  typing(chatId: string): readonly string[];
  /** Returns the function that ends the subscription. */
  subscribe(listener: (change: StoreChange) => void): () => void;
}

/** `offline`: not connected, and another attempt at `nextAttemptAt` (milliseconds since the epoch) unless `disconnect` was called. */
export interface ConnectionView {
  state: 'offline' | 'connecting' | 'online';
  nextAttemptAt?: number;
}
