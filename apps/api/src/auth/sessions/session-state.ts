import type { UserRole } from '../../platform/index.js';

/** What a session is good for. */
export type SessionState = { kind: 'live'; userId: string; role: UserRole } | { kind: 'ended' } | { kind: 'suspended' };
