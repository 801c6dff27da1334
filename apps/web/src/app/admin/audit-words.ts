import type { AuditAction, AuditEvent } from '@chatr/client';

/** What each action is to a reader; the account it was done to stands beside it. */
const WORDS: Record<AuditAction, string> = {
  'account.deleted': 'Account deleted',
  'account.exported': 'Own data downloaded',
  'account.registered': 'Account created',
  'account.restored': 'Account restored',
  'account.suspended': 'Account suspended',
  'audit.exported': 'Audit log downloaded',
  'email.change-requested': 'New e-mail address asked for',
  'email.changed': 'E-mail address changed',
  'factor.disabled': 'Second factor removed',
  'factor.enabled': 'Second factor set up',
  'factor.recovery-code-used': 'Recovery code used',
  'factor.recovery-codes-renewed': 'Recovery codes renewed',
  'factor.reset': 'Factors reset',
  'identity.linked': 'Single sign-on linked',
  'identity.unlinked': 'Single sign-on unlinked',
  'invite.created': 'Invitation sent',
  'invite.resent': 'Invitation sent again',
  'invite.revoked': 'Invitation taken back',
  'login.failed': 'Sign-in failed',
  'login.succeeded': 'Signed in',
  'passkey.added': 'Passkey added',
  'passkey.cloned': 'Copied passkey refused',
  'passkey.removed': 'Passkey removed',
  'passkey.renamed': 'Passkey renamed',
  'password.changed': 'Password changed',
  'password.reset': 'Password reset with a mailed code',
  'password.reset-sent': 'Code for a new password mailed',
  'phone.change-requested': 'New phone number asked for',
  'phone.changed': 'Phone number changed',
  'phone.removed': 'Phone number removed',
  'registration.changed': 'Registration policy changed',
  'role.changed': 'Role changed',
  'session.ended': 'Session ended',
  'username.changed': 'Username changed',
};

/** Every action with its words, by the alphabet of the words. */
export const AUDIT_ACTIONS = (Object.keys(WORDS) as AuditAction[])
  .map((action) => ({ action, words: WORDS[action] }))
  .sort((a, b) => a.words.localeCompare(b.words));

/** Also for what a newer server writes and this app does not know. */
export function actionWords(action: string): string {
  return Object.hasOwn(WORDS, action) ? WORDS[action as AuditAction] : action;
}

type Details = AuditEvent['details'];

/** What else is known, in a line: `from: user · to: admin`. */
export function detailWords(details: Details): string {
  return (
    Object.entries(details)
      .filter(([, value]) => value !== null && value !== '')
      // The database keeps no order: what was before stands before what is now.
      .sort(([a], [b]) => Number(b === 'from') - Number(a === 'from'))
      .map(([name, value]) => `${nameWords(name)}: ${String(value)}`)
      .join(' · ')
  );
}

/** `sessionsEnded` and `recovery_codes` as people write. */
function nameWords(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
}
