import type { Session } from './session.js';
import type { AdminUser, Invite, Page } from './wire.js';

/** For administrators: who may come in. Every method throws a `ChatrError` when the server refuses or cannot be reached. */
export class AdminApi {
  constructor(private readonly session: Session) {}

  /** Mails a link with which this address can register. */
  invite(email: string): Promise<Invite> {
    return this.session.send({ method: 'POST', path: '/api/admin/invites', body: { email } });
  }

  async invites(): Promise<Invite[]> {
    return (await this.session.send<Page<Invite>>({ method: 'GET', path: '/api/admin/invites' })).items;
  }

  async revokeInvite(id: string): Promise<void> {
    await this.session.send({ method: 'DELETE', path: `/api/admin/invites/${encodeURIComponent(id)}` });
  }

  users(query?: string, cursor?: string): Promise<Page<AdminUser>> {
    return this.session.send({ method: 'GET', path: '/api/admin/users', query: { query, cursor } });
  }

  /** Ends the person's sessions at once, and lets them begin no other. */
  async suspend(userId: string): Promise<void> {
    await this.session.send({ method: 'POST', path: `/api/admin/users/${encodeURIComponent(userId)}/suspend` });
  }

  async restore(userId: string): Promise<void> {
    await this.session.send({ method: 'POST', path: `/api/admin/users/${encodeURIComponent(userId)}/restore` });
  }
}
