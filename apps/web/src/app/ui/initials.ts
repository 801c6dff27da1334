const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** One or two letters that stand for a name; works for any script, and for names that begin with an emoji. */
export function initials(name: string): string {
  const all = name.trim().split(/\s+/u).filter(Boolean);
  const named = all.filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const words = named.length > 0 ? named : all;
  const first = firstGrapheme(words[0]);
  const last = words.length > 1 ? firstGrapheme(words.at(-1)) : '';
  // Two letters of scripts that join would grow together into something else.
  const joins = /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}]/u.test(first);
  return (joins ? first : first + last).toLocaleUpperCase();
}

/** One of `count` colours, always the same for the same id; 1 … count. */
export function colourOf(id: string, count: number): number {
  let hash = 7;
  for (let index = 0; index < id.length; index += 1) hash = (hash * 31 + id.charCodeAt(index)) >>> 0;
  return (hash % count) + 1;
}

function firstGrapheme(word: string | undefined): string {
  if (word === undefined) return '';
  for (const { segment } of graphemes.segment(word)) return segment;
  return '';
}
