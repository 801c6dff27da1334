import type { Presence } from './wire.js';

/** Who is here, as far as the server has told. */
export class PresenceBook {
  readonly #people = new Map<string, Presence>();

  constructor(private readonly changed: (userId: string) => void) {}

  of(userId: string): Presence | undefined {
    return this.#people.get(userId);
  }

  set(presence: Presence): void {
    const before = this.#people.get(presence.userId);
    if (before?.status === presence.status && before.lastSeen === presence.lastSeen) return;
    this.#people.set(presence.userId, Object.freeze({ ...presence }));
    this.changed(presence.userId);
  }

  /** What was known before this connection may no longer hold. */
  clear(): void {
    const userIds = [...this.#people.keys()];
    this.#people.clear();
    for (const userId of userIds) this.changed(userId);
  }
}
