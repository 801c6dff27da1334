import { sizeWords } from './sizes';

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1_000, '1.0 KB'],
  [2_450_000, '2.5 MB'],
  [123_456_789, '123 MB'],
  [5e15, '5000 TB'],
])('%d is said as %s', (bytes, words) => expect(sizeWords(bytes)).toBe(words));
