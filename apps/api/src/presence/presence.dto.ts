export const PRESENCE_STATUSES = ['online', 'away', 'offline'] as const;
export type PresenceStatus = (typeof PRESENCE_STATUSES)[number];

export class PresenceDto {
  userId: string;
  /** The most present of the person's devices. */
  status: PresenceStatus;
  /** ISO 8601, UTC; when the last device went away. Only with `offline`. */
  lastSeen?: string;
}
