import { LIMITS } from '@chatr/contracts';
import { skeletonOf } from './usernames/skeleton.js';

/** Names that would let somebody pass for the service, or that collide with what links and mentions mean. */
const RESERVED = new Set([
  'admin',
  'administrator',
  'all',
  'anonymous',
  'api',
  'bot',
  'channel',
  'chatr',
  'deleted',
  'everyone',
  'help',
  'here',
  'info',
  'mail',
  'me',
  'moderator',
  'nobody',
  'null',
  'official',
  'postmaster',
  'root',
  'security',
  'staff',
  'support',
  'system',
  'undefined',
  'user',
  'webmaster',
]);
/** What looks like a reserved name is reserved, too. */
const RESERVED_SKELETONS = new Set([...RESERVED].map(skeletonOf));

export const USERNAME_MIN_LENGTH = 3;

/** Begins and ends with a letter or a digit, so that a sentence's full stop never belongs to a mention. */
const USERNAME = /^[a-z0-9](?:[a-z0-9_.-]*[a-z0-9_])?$/;

/** The one form of a username: what looks the same is the same. */
export function normaliseUsername(value: string): string {
  return value.normalize('NFKC').trim().toLowerCase();
}

/** The one form of an e-mail address. Case is ignored in the local part too, as practically every provider does. */
export function normaliseEmail(value: string): string {
  return value.trim().toLowerCase();
}

/** Why a username may be nobody's. */
export type UsernameFault = 'length' | 'characters' | 'reserved';

const FAULT_WORDS: Readonly<Record<UsernameFault, string>> = {
  length: `username must have ${USERNAME_MIN_LENGTH} to ${LIMITS.usernameLength} characters`,
  characters:
    'username may hold letters a-z, digits and _ . - and must begin with a letter or a digit and not end with . or -',
  reserved: 'username is reserved',
};

/** Why a normalised username may not be used; undefined when it may. */
export function usernameFault(username: string): UsernameFault | undefined {
  if (username.length < USERNAME_MIN_LENGTH || username.length > LIMITS.usernameLength) return 'length';
  if (!USERNAME.test(username)) return 'characters';
  return RESERVED_SKELETONS.has(skeletonOf(username)) ? 'reserved' : undefined;
}

/** The same in words for the person who chose it. */
export function usernameProblem(username: string): string | undefined {
  const fault = usernameFault(username);
  return fault === undefined ? undefined : FAULT_WORDS[fault];
}

/**
 * Control characters, the marks with which a name could turn the direction of the text around it, and what nobody sees: two names
 * that differ in nothing else would look the same. Joiners stay, as emoji and some scripts need them.
 */
const UNPRINTABLE =
  /[\p{Cc}\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C\u2028\u2029\u00AD\u180E\u200B\u2060-\u2065\u206A-\u206F\uFEFF\u3164\uFFA0\u115F\u1160]/u;
/** So many marks on one letter belong to no script: they cover the lines around it. */
const PILED_UP = /\p{M}{6}/u;
const LINE_BREAKING_CONTROL = /[^\P{Cc}\n]|[\u202A-\u202E\u2066-\u2069]/u;
const VISIBLE = /[^\s\p{Cf}\p{Cc}\p{M}]/u;

/** Whether people could read this as a name: something visible, no controls. */
export function isReadableName(value: string): boolean {
  return !UNPRINTABLE.test(value) && !PILED_UP.test(value) && VISIBLE.test(value) && value.isWellFormed();
}

/** Whether this may stand below a name, on several lines or not at all. */
export function isReadableText(value: string): boolean {
  return !LINE_BREAKING_CONTROL.test(value) && value.isWellFormed();
}

/** Letters that Unicode does not take apart into a base and a mark. */
const UNDECOMPOSED: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ß: 'ss',
  ı: 'i',
};

/** Arabic letters that people type for each other. */
const ALIKE: Readonly<Record<string, string>> = { ى: 'ي', ی: 'ي', ک: 'ك', ة: 'ه', ς: 'σ' };

/** What a search compares: without case, accents, invisible signs, and the vowel marks of Arabic and Hebrew. */
export function foldForSearch(value: string): string {
  return value
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036F]|[\u064B-\u065F]|[\u0591-\u05C7]|\u0670|\u0640|\p{Cf}/gu, '')
    .replace(/[øłđðþæœßı]/gu, (letter) => UNDECOMPOSED[letter] ?? letter)
    .replace(/[ىیکةς]/gu, (letter) => ALIKE[letter] ?? letter);
}
