/**
 * What is written into the audit log, as `thing.past-tense`. Names are stable: people search and alarm by them. One is added here
 * by whoever writes it.
 */
export const AUDIT_ACTIONS = [
  'account.deleted',
  'account.exported',
  'account.registered',
  'account.restored',
  'account.suspended',
  'identity.linked',
  'identity.unlinked',
  'invite.created',
  'invite.revoked',
  'login.failed',
  'login.succeeded',
  'password.reset',
  'role.changed',
  'session.ended',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];
