import type { LIMITS } from '@chatr/contracts';

// Types of the contracts only, so a limit that changes there fails the build here.
export const MESSAGE_LENGTH: (typeof LIMITS)['messageLength'] = 10_000;

/** From here on the composer says how much room is left. */
const WARN_FROM = MESSAGE_LENGTH - 500;

/** What is sent of what was typed or pasted: line breaks of one kind, no control characters, nothing blank around it. */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029]/gu, '\n')
    .replace(/(?![\t\n])\p{Cc}/gu, '')
    .toWellFormed()
    .trim();
}

/** How much room is left, in words, once that is little; undefined before. Lengths are UTF-16 code units, as the server counts. */
export function roomWords(text: string): string | undefined {
  const length = cleanText(text).length;
  if (length <= WARN_FROM) return undefined;
  const left = MESSAGE_LENGTH - length;
  if (left === 1 || left === -1) return left > 0 ? '1 character left' : '1 character too many';
  return left >= 0 ? `${left} characters left` : `${-left} characters too many`;
}
