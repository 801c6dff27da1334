import type { Session } from './session.js';
import type { Contact, Page } from './wire.js';

/** The people whom somebody has added. Every method throws a `ChatrError` when the server refuses or cannot be reached. */
export class ContactsApi {
  readonly #listeners = new Set<() => void>();

  constructor(private readonly session: Session) {}

  /** By username. `cursor` is the `nextCursor` of the page before. */
  list(cursor?: string): Promise<Page<Contact>> {
    return this.session.send({ method: 'GET', path: '/api/contacts', query: { cursor, limit: '100' } });
  }

  async add(userId: string): Promise<void> {
    await this.session.send({ method: 'PUT', path: contactPath(userId) });
  }

  async remove(userId: string): Promise<void> {
    await this.session.send({ method: 'DELETE', path: contactPath(userId) });
  }

  /** Called when they changed on any device, and after each connection, as they may have. Returns the function that ends it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** For the client itself: something changed, or may have. */
  changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

function contactPath(userId: string): string {
  return `/api/contacts/${encodeURIComponent(userId)}`;
}
