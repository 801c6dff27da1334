/** Of UTF-8: file systems take 255 for a name, and something is added to it. */
const BYTES = 120;

/** Marks that nobody sees, and with which a name could look like another; joiners are letters' and emoji's business, and stay. */
const INVISIBLE = /[\p{Cc}\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF]/gu;
/** What some system takes for something else than a part of a name. */
const SPECIAL = /[/\\:*?"<>|]/g;

/** Somebody's name for a chat as a part of a file's name: in its own letters, and unable to lead anywhere else. */
export function safeName(name: string): string {
  const plain = name.toWellFormed().normalize('NFC').replace(INVISIBLE, '').replace(SPECIAL, '_').replace(/\s+/gu, ' ');
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(plain.trim())) {
    if (Buffer.byteLength(kept + segment) > BYTES) break;
    kept += segment;
  }
  // Windows drops dots and blanks at the end.
  return kept.replace(/^[. ]+|[. ]+$/g, '') || 'chat';
}
