import type { Session } from './session.js';
import type { Http } from './http.js';
import type { Block, Me, Page, Privacy, Profile, User, UsernameCheck } from './wire.js';

/** People. Every method throws a `ChatrError` when the server refuses or cannot be reached. */
export class UsersApi {
  constructor(
    private readonly http: Http,
    private readonly session: Session,
  ) {}

  /** Finds parts of user names and display names. `cursor` is the `nextCursor` of the page before. */
  search(query: string, cursor?: string): Promise<Page<User>> {
    return this.session.send({ method: 'GET', path: '/api/users', query: { query, cursor } });
  }

  /** With as much as the person lets this one see. */
  get(id: string): Promise<Profile> {
    return this.session.send({ method: 'GET', path: `/api/users/${encodeURIComponent(id)}` });
  }

  /** Neither can write to the other from now on, and they see nothing of this person any more. They are not told. */
  async block(id: string): Promise<void> {
    await this.session.send({ method: 'PUT', path: blockPath(id) });
  }

  async unblock(id: string): Promise<void> {
    await this.session.send({ method: 'DELETE', path: blockPath(id) });
  }

  /** Whom this person blocked, last ones first. */
  blocks(cursor?: string): Promise<Page<Block>> {
    return this.session.send({ method: 'GET', path: '/api/blocks', query: { cursor } });
  }

  async updateMe(changes: {
    displayName?: string;
    about?: string;
    pronouns?: string;
    language?: Me['language'];
  }): Promise<Me> {
    const me = await this.session.send<Me>({ method: 'PATCH', path: '/api/users/me', body: changes });
    this.session.updateMe(me);
    return me;
  }

  /** Whether a username can be had, and what can be had instead. Anybody may ask, logged in or not. */
  checkUsername(username: string): Promise<UsernameCheck> {
    return this.http.send({ method: 'GET', path: '/api/users/username-check', query: { username } });
  }

  async changeUsername(username: string): Promise<Me> {
    const me = await this.session.send<Me>({ method: 'PUT', path: '/api/users/me/username', body: { username } });
    this.session.updateMe(me);
    return me;
  }

  /** What this person lets others see. */
  privacy(): Promise<Privacy> {
    return this.session.send({ method: 'GET', path: '/api/users/me/privacy' });
  }

  updatePrivacy(changes: Partial<Privacy>): Promise<Privacy> {
    return this.session.send({ method: 'PATCH', path: '/api/users/me/privacy', body: changes });
  }
}

function blockPath(id: string): string {
  return `/api/blocks/${encodeURIComponent(id)}`;
}
