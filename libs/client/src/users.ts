import type { Session } from './session.js';
import type { Me, Page, User } from './wire.js';

/** People. Every method throws a `ChatrError` when the server refuses or cannot be reached. */
export class UsersApi {
  constructor(private readonly session: Session) {}

  /** Finds parts of user names and display names. `cursor` is the `nextCursor` of the page before. */
  search(query: string, cursor?: string): Promise<Page<User>> {
    return this.session.send({ method: 'GET', path: '/api/users', query: { query, cursor } });
  }

  get(id: string): Promise<User> {
    return this.session.send({ method: 'GET', path: `/api/users/${encodeURIComponent(id)}` });
  }

  async updateMe(changes: { displayName?: string; about?: string; language?: Me['language'] }): Promise<Me> {
    const me = await this.session.send<Me>({ method: 'PATCH', path: '/api/users/me', body: changes });
    this.session.updateMe(me);
    return me;
  }
}
