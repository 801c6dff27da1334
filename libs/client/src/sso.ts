import type { Http } from './http.js';
import type { Session } from './session.js';
import type { Identity } from './wire.js';

/** Single sign-on, for browsers with `transport: 'cookie'`. Every method but `startUrl` throws a `ChatrError` when it fails. */
export class SsoApi {
  constructor(
    private readonly http: Http,
    private readonly session: Session,
  ) {}

  /**
   * Where a browser goes to sign in: a link, not a request. It comes back to the path `next` of the app, whose session is then taken
   * up by `auth.restore()`, or to `/login?problem=CODE`.
   */
  startUrl(next?: string): string {
    return this.http.url('/api/auth/sso/start', { next }).href;
  }

  /** Where the browser goes to link an identity to this account. It comes back to `/settings/security`. */
  async linkUrl(password: string): Promise<string> {
    const request = { method: 'POST', path: '/api/auth/sso/link', body: { password } } as const;
    return (await this.session.send<{ url: string }>(request)).url;
  }

  /** The identities that sign in to this account. */
  async identities(): Promise<Identity[]> {
    return (await this.session.send<{ items: Identity[] }>({ method: 'GET', path: '/api/auth/sso/identities' })).items;
  }

  unlink(id: string): Promise<void> {
    return this.session.send({ method: 'DELETE', path: `/api/auth/sso/identities/${encodeURIComponent(id)}` });
  }
}
