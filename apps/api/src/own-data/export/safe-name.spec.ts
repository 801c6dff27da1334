import { safeName } from './safe-name.js';

test.each([
  ['Über uns 🎉', 'Über uns 🎉'],
  ['مجموعة العمل', 'مجموعة العمل'],
  ['山田 太郎', '山田 太郎'],
  ['👩‍🚀 crew', '👩‍🚀 crew'],
  ['../../etc/passwd', '_.._etc_passwd'],
  ['..', 'chat'],
  ['C:\\Windows', 'C__Windows'],
  ['a\u0000b\u202Ec', 'abc'],
  ['  spaces   and dots. . ', 'spaces and dots'],
  ['\ud800', '\ufffd'],
  ['', 'chat'],
])('the chat %j is kept under %j', (name, kept) => expect(safeName(name)).toBe(kept));

it('cuts a name where a letter ends, and leaves room for what is added', () => {
  const cut = safeName('👩‍🚀'.repeat(100));
  expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(120);
  expect(cut.replaceAll('👩‍🚀', '')).toBe('');
});
