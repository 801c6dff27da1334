export const PRIVACY_LEVELS = ['everyone', 'contacts', 'nobody'] as const;

/** Who: everybody, those whom the person has added to their contacts, or nobody else. */
export type PrivacyLevel = (typeof PRIVACY_LEVELS)[number];

/** Whether this level lets somebody through. */
export function admits(level: PrivacyLevel, isContact: boolean): boolean {
  return level === 'everyone' || (level === 'contacts' && isContact);
}

/** What holds for somebody who has not said otherwise. */
export const DEFAULT_LEVELS = {
  presence: 'everyone',
  lastSeen: 'everyone',
  email: 'nobody',
  phone: 'nobody',
} as const satisfies Record<string, PrivacyLevel>;
