import { normalisePhone } from './phone.js';

test.each([
  ['+49 30 901820', '+4930901820'],
  ['  0049 (30) 901-820 ', '+4930901820'],
  ['＋４９ ３０ ９０１８２０', '+4930901820'],
  ['+٤٩٣٠٩٠١٨٢٠', '+4930901820'],
  ['+44 7700 900123', '+447700900123'],
  ['+1 (202) 555-0123', '+12025550123'],
])('%j is %s', (typed, kept) => {
  expect(normalisePhone(typed)).toBe(kept);
  expect(normalisePhone(kept)).toBe(kept);
});

test.each([
  '',
  '+',
  '030 901820',
  '+49',
  '+999 123456789',
  '+49 30 901820 ext. 5',
  '+1 800 FLOWERS',
  '+49 30 901820, +49 30 901821',
  '+49 30\n901820x',
  '+4930901820'.repeat(20),
])('%j is no number', (typed) => expect(normalisePhone(typed)).toBeUndefined());
