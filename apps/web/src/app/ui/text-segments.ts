/** A piece of a message: plain text, or a link that is safe to follow. */
export interface TextSegment {
  text: string;
  href?: string;
}

const LINK = /\b(?:https?:\/\/|www\.)[^\s<>"'`\u2018-\u201f\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]+/giu;

/** Finds web addresses in a text. Only http and https become links; anything else stays the text it is. */
export function textSegments(text: string): TextSegment[] {
  const segments: TextSegment[] = [];
  let position = 0;
  for (const match of text.matchAll(LINK)) {
    const address = trimTail(match[0]);
    const href = safeHref(address);
    if (href === undefined) continue;
    if (match.index > position) segments.push({ text: text.slice(position, match.index) });
    segments.push({ text: address, href });
    position = match.index + address.length;
  }
  if (position < text.length) segments.push({ text: text.slice(position) });
  return segments;
}

/** The full stop that ends the sentence, and a bracket that was opened before the address, do not belong to it. */
function trimTail(address: string): string {
  let end = address.length;
  for (; end > 0; end -= 1) {
    const last = address.charAt(end - 1);
    if (/[.,;:!?*_~\u3002\uFF0C]/u.test(last)) continue;
    const open = last === ')' ? '(' : last === ']' ? '[' : undefined;
    if (open === undefined) break;
    const body = address.slice(0, end);
    if (count(body, open) >= count(body, last)) break;
  }
  return address.slice(0, end);
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

function safeHref(address: string): string | undefined {
  const url = URL.parse(/^www\./iu.test(address) ? `https://${address}` : address);
  if (url === null || !(url.protocol === 'http:' || url.protocol === 'https:')) return undefined;
  return url.hostname.includes('.') || url.hostname === 'localhost' || url.port !== '' ? url.href : undefined;
}

/** Whether a text is one to three emoji and nothing else: those are shown large. */
export function isFewEmoji(text: string): boolean {
  if (text.length > 40) return false;
  const parts = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text.trim())];
  return parts.length > 0 && parts.length <= 3 && parts.every(({ segment }) => /^(?:\p{RGI_Emoji})$/v.test(segment));
}
