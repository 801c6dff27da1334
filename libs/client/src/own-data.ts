import type { Session } from './session.js';
import type { ExportStatus, ExportTicket } from './wire.js';

/** What is kept about the person who is logged in. Every method throws a `ChatrError` when the server refuses or cannot be reached. */
export class OwnDataApi {
  constructor(
    private readonly session: Session,
    private readonly loggedOut: () => void,
  ) {}

  /** A link with which a zip archive of everything can be downloaded: once, and within five minutes. */
  export(password: string): Promise<ExportTicket> {
    return this.session.send({ method: 'POST', path: '/api/users/me/export', body: { password } });
  }

  /** How far the download has come. */
  exportStatus(): Promise<ExportStatus> {
    return this.session.send({ method: 'GET', path: '/api/users/me/export' });
  }

  /** Deletes the account for good, and forgets the session here. */
  async deleteAccount(password: string): Promise<void> {
    await this.session.send({ method: 'DELETE', path: '/api/users/me', body: { password } });
    this.loggedOut();
    await this.session.clear();
  }
}
