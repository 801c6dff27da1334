import type { Language } from '../../platform/index.js';
import { CODE_SECONDS } from '../codes/codes.js';

/** For how long an invitation is good. */
export const INVITATION_DAYS = 7;

/** `10 minutes` in its right plural, with the digits that everybody reads. */
export function codeLifetime(language: Language): string {
  return inWords(language, 'minute', CODE_SECONDS / 60);
}

/** `7 days`. */
export function invitationLifetime(language: Language): string {
  return inWords(language, 'day', INVITATION_DAYS);
}

function inWords(language: Language, unit: 'minute' | 'day', count: number): string {
  const format = new Intl.NumberFormat(`${language}-u-nu-latn`, { style: 'unit', unit, unitDisplay: 'long' });
  return format.format(count);
}
