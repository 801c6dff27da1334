/**
 * What is written into the audit log, as `thing.past-tense`. Names are stable: people search and alarm by them. One is added here
 * by whoever writes it.
 */
export const AUDIT_ACTIONS = [
  'account.registered',
  'account.restored',
  'account.suspended',
  'invite.created',
  'invite.revoked',
  'login.failed',
  'login.succeeded',
  'passkey.added',
  'passkey.cloned',
  'passkey.removed',
  'passkey.renamed',
  'password.reset',
  'session.ended',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];
