/** The languages that mails and text messages are written in. English is the one for everybody else. */
export const LANGUAGES = ['en', 'de', 'fr', 'es', 'ar'] as const;

export type Language = (typeof LANGUAGES)[number];

const FALLBACK: Language = 'en';
/** A header that is longer than this was not written by a browser. */
const MAX_HEADER = 500;

export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.some((language) => language === value);
}

/** Which way a text in it runs. */
export function directionOf(language: Language): 'ltr' | 'rtl' {
  return language === 'ar' ? 'rtl' : 'ltr';
}

/** The best of our languages for an `Accept-Language` header: regions do not matter (`de-AT` is German). */
export function preferredLanguage(header: string | undefined): Language {
  const wishes = (header ?? '').slice(0, MAX_HEADER).split(',').map(toWish);
  // Sorting is stable: of equal wishes the first counts.
  wishes.sort((one, other) => other.quality - one.quality);
  for (const { language, quality } of wishes) if (quality > 0 && isLanguage(language)) return language;
  return FALLBACK;
}

function toWish(part: string): { language: string; quality: number } {
  const [tag = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1';
  return { language: tag.split('-')[0] ?? '', quality: /^[01](\.\d{0,3})?$/.test(quality) ? Number(quality) : 0 };
}
