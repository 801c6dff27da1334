import type { OutboxEntry, OutboxStorage } from '@chatr/client';

/**
 * Keeps messages on their way over a reload of the page. In the tab's own storage: no two tabs share an outbox, and closing the
 * tab forgets it. Under the person's id: whoever signs in next never sends what somebody else wrote.
 */
export class TabOutbox implements OutboxStorage {
  /** @param person the id of who is signed in */
  constructor(private readonly person: () => string | undefined) {}

  load(): OutboxEntry[] {
    try {
      const stored: unknown = JSON.parse(sessionStorage.getItem(this.key()) ?? '[]');
      return Array.isArray(stored) ? stored.filter(isEntry) : [];
    } catch {
      // Forbidden or damaged: as if there were none.
      return [];
    }
  }

  save(entries: readonly OutboxEntry[]): void {
    try {
      if (entries.length === 0) sessionStorage.removeItem(this.key());
      else sessionStorage.setItem(this.key(), JSON.stringify(entries));
    } catch {
      // Forbidden or full: they last as long as the page, then.
    }
  }

  private key(): string {
    return `chatr.outbox.${this.person() ?? ''}`;
  }
}

function isEntry(value: unknown): value is OutboxEntry {
  if (typeof value !== 'object' || value === null) return false;
  const { clientId, chatId, content, createdAt } = value as Record<string, unknown>;
  return [clientId, chatId, content, createdAt].every((field) => typeof field === 'string');
}
