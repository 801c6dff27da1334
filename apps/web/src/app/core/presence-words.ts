import type { Presence } from '@chatr/client';
import { ago } from './times';

/** How present somebody is, in words; nothing while it is not known. */
export function presenceWords(presence: Presence | undefined, now: Date): string {
  if (presence === undefined) return '';
  if (presence.status === 'online') return 'Online';
  if (presence.status === 'away') return 'Away';
  return presence.lastSeen === undefined ? 'Offline' : `Last seen ${ago(presence.lastSeen, now)}`;
}
