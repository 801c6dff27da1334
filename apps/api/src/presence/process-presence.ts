import type { PresenceStatus } from './presence.dto.js';
import { GRACE_MS, type PresenceNews, PresenceStore } from './presence-store.js';

/** Presence in the memory of the only node. Gone with it, as all its people are. */
export class ProcessPresence extends PresenceStore {
  private readonly present = new Map<string, PresenceStatus>();
  private readonly told = new Map<string, PresenceStatus>();
  private readonly handlers: ((news: PresenceNews) => void)[] = [];

  override here(userId: string, status: PresenceStatus): void {
    if (status === 'offline') {
      this.present.delete(userId);
      setTimeout(() => this.tell(userId), GRACE_MS).unref();
    } else {
      this.present.set(userId, status);
      this.tell(userId);
    }
  }

  override statusesOf(userIds: readonly string[]): Promise<PresenceStatus[]> {
    return Promise.resolve(userIds.map((userId) => this.told.get(userId) ?? 'offline'));
  }

  override onNews(handler: (news: PresenceNews) => void): void {
    this.handlers.push(handler);
  }

  private tell(userId: string): void {
    const status = this.present.get(userId) ?? 'offline';
    if (status === (this.told.get(userId) ?? 'offline')) return;
    if (status === 'offline') this.told.delete(userId);
    else this.told.set(userId, status);
    for (const handler of this.handlers) handler({ userId, status, at: new Date() });
  }
}
