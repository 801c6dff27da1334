import type { Session } from './session.js';
import type {
  AdminUser,
  AdminUserDetail,
  AuditAction,
  AuditEvent,
  Invite,
  Page,
  RegistrationSetting,
  Session as SessionInfo,
} from './wire.js';

/** Which accounts; what is left out does not matter. */
export interface AccountFilter {
  /** A part of a name. */
  query?: string | undefined;
  role?: AdminUser['role'] | undefined;
  suspended?: boolean | undefined;
}

/** Which entries of the audit log; what is left out does not matter. */
export interface AuditFilter {
  /** As `account.suspended`. */
  action?: AuditAction | undefined;
  /** Who did it. */
  actorId?: string | undefined;
  /** The account it was done to. */
  subjectId?: string | undefined;
  /** ISO 8601, UTC: not before this moment. */
  from?: string | undefined;
  /** ISO 8601, UTC: before this moment. */
  to?: string | undefined;
}

/** A whole log takes longer than an answer. */
const EXPORT_TIMEOUT_MS = 600_000;

/** For administrators: who may come in. Every method throws a `ChatrError` when the server refuses or cannot be reached. */
export class AdminApi {
  constructor(private readonly session: Session) {}

  /** Mails a link with which this address can register. */
  invite(email: string): Promise<Invite> {
    return this.session.send({ method: 'POST', path: '/api/admin/invites', body: { email } });
  }

  invites(cursor?: string): Promise<Page<Invite>> {
    return this.session.send({ method: 'GET', path: '/api/admin/invites', query: { cursor } });
  }

  /** Mails an invitation again, with another link. */
  resendInvite(id: string): Promise<Invite> {
    return this.session.send({ method: 'POST', path: `/api/admin/invites/${encodeURIComponent(id)}/resend` });
  }

  async revokeInvite(id: string): Promise<void> {
    await this.session.send({ method: 'DELETE', path: `/api/admin/invites/${encodeURIComponent(id)}` });
  }

  users({ query, role, suspended }: AccountFilter = {}, cursor?: string): Promise<Page<AdminUser>> {
    const filter = { query, role, suspended: suspended === undefined ? undefined : String(suspended), cursor };
    return this.session.send({ method: 'GET', path: '/api/admin/users', query: filter });
  }

  /** An account, with what protects it. */
  user(userId: string): Promise<AdminUserDetail> {
    return this.session.send({ method: 'GET', path: pathOf(userId) });
  }

  /** Ends the person's sessions at once, and lets them begin no other. */
  async suspend(userId: string): Promise<void> {
    await this.session.send({ method: 'POST', path: `${pathOf(userId)}/suspend` });
  }

  async restore(userId: string): Promise<void> {
    await this.session.send({ method: 'POST', path: `${pathOf(userId)}/restore` });
  }

  /** Makes somebody an administrator, or one no more. @param password the caller's own */
  changeRole(userId: string, role: AdminUser['role'], password: string): Promise<AdminUser> {
    return this.session.send({ method: 'PATCH', path: `${pathOf(userId)}/role`, body: { role, password } });
  }

  /** Where somebody is logged in, the session used last first. */
  async sessions(userId: string): Promise<SessionInfo[]> {
    return (await this.session.send<Page<SessionInfo>>({ method: 'GET', path: `${pathOf(userId)}/sessions` })).items;
  }

  async endSession(userId: string, sessionId: string): Promise<void> {
    await this.session.send({
      method: 'DELETE',
      path: `${pathOf(userId)}/sessions/${encodeURIComponent(sessionId)}`,
    });
  }

  /** Ends every session of somebody, of one's own all but this one. */
  async endSessions(userId: string): Promise<void> {
    await this.session.send({ method: 'DELETE', path: `${pathOf(userId)}/sessions` });
  }

  /** Takes everything away that the person's log-ins ask for beside the password. @param password the caller's own */
  resetFactors(userId: string, password: string): Promise<AdminUserDetail> {
    return this.session.send({ method: 'POST', path: `${pathOf(userId)}/factors/reset`, body: { password } });
  }

  /** Mails the person a code for a new password. */
  async sendPasswordReset(userId: string): Promise<void> {
    await this.session.send({ method: 'POST', path: `${pathOf(userId)}/password-reset` });
  }

  /** Who may register, and what the server's configuration says of it. */
  registration(): Promise<RegistrationSetting> {
    return this.session.send({ method: 'GET', path: '/api/admin/registration' });
  }

  /** Sets who may register from now on; null follows the server's configuration. @param domains of the policy `domains` */
  setRegistration(
    policy: RegistrationSetting['policy'],
    domains: readonly string[] = [],
  ): Promise<RegistrationSetting> {
    return this.session.send({ method: 'PATCH', path: '/api/admin/registration', body: { policy, domains } });
  }

  /** What was done to accounts, newest first. */
  audit(filter: AuditFilter = {}, cursor?: string): Promise<Page<AuditEvent>> {
    return this.session.send({ method: 'GET', path: '/api/admin/audit', query: { ...filter, cursor } });
  }

  /** Everything that the filter finds, as CSV. */
  exportAudit(filter: AuditFilter = {}): Promise<Blob> {
    return this.session.send({
      method: 'GET',
      path: '/api/admin/audit/export',
      query: { ...filter },
      as: 'blob',
      timeoutMs: EXPORT_TIMEOUT_MS,
    });
  }
}

function pathOf(userId: string): string {
  return `/api/admin/users/${encodeURIComponent(userId)}`;
}
