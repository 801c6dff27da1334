import { LIMITS } from '@chatr/contracts';

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

/** Why a normalised username may not be used, in words for the person who chose it; undefined when it may. */
export function usernameProblem(username: string): string | undefined {
  if (username.length < USERNAME_MIN_LENGTH || username.length > LIMITS.usernameLength) {
    return `username must have ${USERNAME_MIN_LENGTH} to ${LIMITS.usernameLength} characters`;
  }
  if (!USERNAME.test(username)) {
    return 'username may hold letters a-z, digits and _ . - and must begin with a letter or a digit and not end with . or -';
  }
  return RESERVED.has(username) ? 'username is reserved' : undefined;
}

/** Control characters, and the marks with which a name could turn the direction of the text around it. */
const UNPRINTABLE = /[\p{Cc}\u202A-\u202E\u2066-\u2069\u200E\u200F\u2028\u2029]/u;
const LINE_BREAKING_CONTROL = /[^\P{Cc}\n]|[\u202A-\u202E\u2066-\u2069]/u;
const VISIBLE = /[^\s\p{Cf}\p{Cc}\p{M}]/u;

/** Whether people could read this as a name: something visible, no controls. */
export function isReadableName(value: string): boolean {
  return !UNPRINTABLE.test(value) && VISIBLE.test(value) && value.isWellFormed();
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

/** What a search compares: without case, accents and the vowel marks of Arabic and Hebrew. */
export function foldForSearch(value: string): string {
  return value
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036F\u064B-\u0652\u0591-\u05C7]/gu, '')
    .replace(/[øłđðþæœßı]/gu, (letter) => UNDECOMPOSED[letter] ?? letter);
}
