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
  'audit.exported',
  'email.change-requested',
  'email.changed',
  'factor.disabled',
  'factor.enabled',
  'factor.recovery-code-used',
  'factor.recovery-codes-renewed',
  'factor.reset',
  'identity.linked',
  'identity.unlinked',
  'invite.created',
  'invite.resent',
  'invite.revoked',
  'login.failed',
  'login.succeeded',
  'passkey.added',
  'passkey.cloned',
  'passkey.removed',
  'passkey.renamed',
  'password.changed',
  'password.reset',
  'password.reset-sent',
  'phone.change-requested',
  'phone.changed',
  'phone.removed',
  'registration.changed',
  'role.changed',
  'session.ended',
  'username.changed',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];
