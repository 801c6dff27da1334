import type { PresenceStatus } from './presence.dto.js';

/** How long a person whose last device went away still counts as there: a reload, a change of network, a restart of the server. */
export const GRACE_MS = 2_000;

/** What a person's devices come to has changed. */
export interface PresenceNews {
  userId: string;
  status: PresenceStatus;
  /** When it changed: earlier than now where a node died and it was noticed later. */
  at: Date;
}

/**
 * What the devices of each person come to, over all nodes. What it knows is what is told: it changes with the news of it, so that
 * whoever asks and whoever listens know the same. An injection token with adapters.
 */
export abstract class PresenceStore {
  /** Says what a person's devices on this node come to, whenever that changes. Never waits, never throws. */
  abstract here(userId: string, status: PresenceStatus): void;

  /** The present status of each of these people, in their order. Never throws; what cannot be looked up is what this node knows. */
  abstract statusesOf(userIds: readonly string[]): Promise<PresenceStatus[]>;

  /** Hears each change. Of all nodes only one does. */
  abstract onNews(handler: (news: PresenceNews) => void): void;
}
