import { preferredLanguage } from './languages.js';

test.each([
  [undefined, 'en'],
  ['', 'en'],
  ['de', 'de'],
  ['de-AT', 'de'],
  ['DE-at;q=0.9, fr;q=0.8', 'de'],
  ['nl, fr;q=0.8, de;q=0.9', 'de'],
  ['fr;q=0, es;q=0.1', 'es'],
  ['de;q=nonsense, es', 'es'],
  ['es, de', 'es'],
  ['*', 'en'],
  ['constructor, __proto__', 'en'],
  [',;,;q=,', 'en'],
  ['x'.repeat(100_000), 'en'],
])('for the header %j it is %s', (header, language) => expect(preferredLanguage(header)).toBe(language));
