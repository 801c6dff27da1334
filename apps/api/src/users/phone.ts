import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** Longer than any number with its spaces and brackets. */
const MAX_LENGTH = 40;
/** What people write a number with. Neither letters nor an extension, which no text message reaches. */
const WRITTEN = /^\s*(\+|00)[\p{Nd}\s().\-/\u00a0\u2010-\u2013]+$/u;

/** The one form of a phone number, E.164; undefined for what is none, or does not say its country. */
export function normalisePhone(value: string): string | undefined {
  if (value.length > MAX_LENGTH) return undefined;
  const digits = value.normalize('NFKC');
  if (!WRITTEN.test(digits)) return undefined;
  const number = parsePhoneNumberFromString(digits.replace(/^\s*00/, '+'));
  return number?.isPossible() === true ? number.number : undefined;
}
