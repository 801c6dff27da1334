import {
  foldForSearch,
  isReadableName,
  isReadableText,
  normaliseEmail,
  normaliseUsername,
  usernameProblem,
} from './names.js';
import { skeletonOf } from './usernames/skeleton.js';

test.each([
  ['Ada', 'ada'],
  [' ADA.L ', 'ada.l'],
  ['ａｄａ', 'ada'],
  ['ﬁx', 'fix'],
])('the username %p is kept as %p', (typed, kept) => expect(normaliseUsername(typed)).toBe(kept));

test.each(['ada', 'a.b', 'a-b_c', '007', 'x'.repeat(30), 'ada_'])('%p may be a username', (name) => {
  expect(usernameProblem(name)).toBeUndefined();
});

test.each([
  'ab',
  'x'.repeat(31),
  'a b',
  'a@b',
  '.ada',
  '-ada',
  '_ada',
  'ada.',
  'ada-',
  'ädä',
  'ада',
  'a\u200bda',
  '',
  'admin',
  'everyone',
  'adm1n',
  'adrnin',
  's.u_p-port',
  'r00t',
])('%p may not be a username', (name) => expect(usernameProblem(name)).toMatch(/^username /));

test('an address has one form', () => expect(normaliseEmail(' Ada@Example.COM ')).toBe('ada@example.com'));

test.each(['Ada', 'عائشة', '山田 太郎', "O'Brien", '👩‍🚀', 'नमस्ते'])('%p is a readable name', (name) => {
  expect(isReadableName(name)).toBe(true);
});

test.each([
  '',
  ' ',
  '\u200b',
  'a\nb',
  'a\u0000',
  'a\u202eb',
  '\u2066x',
  '\ud800',
  '\u0301',
  'A\u200bda',
  'A\u00adda',
  'A\u061cda',
  'A\u2060da',
  '\ufeffAda',
  `A${'\u0301'.repeat(9)}`,
])('%j is not', (name) => {
  expect(isReadableName(name)).toBe(false);
});

test('a text may have lines, but no other controls', () => {
  expect(isReadableText('one\ntwo')).toBe(true);
  expect(isReadableText('')).toBe(true);
  for (const text of ['\u0000', '\r', '\u001b[31m', '\u202e', '\ud800']) expect(isReadableText(text)).toBe(false);
});

test.each([
  ['Zoë Ørsted', 'zoe orsted'],
  ['ŁUKASZ', 'lukasz'],
  ['Straße', 'strasse'],
  ['مُحَمَّد', 'محمد'],
  ['Ｗｉｄｅ', 'wide'],
  ['Nguyễn Thị Đào', 'nguyen thi dao'],
  ['İstanbul Işık', 'istanbul isik'],
  ['GROẞ', 'gross'],
  ['أحمد علی', 'احمد علي'],
  ['فاطمة', 'فاطمه'],
  ['Γιώργος', 'γιωργοσ'],
  ['山田 太郎', '山田 太郎'],
  ['soft\u00adhyphen', 'softhyphen'],
])('%p is searched as %p', (text, folded) => expect(foldForSearch(text)).toBe(folded));

test.each([
  ['b1ll', 'bill'],
  ['g0.od', 'good'],
  ['rnary', 'mary'],
  ['vvanda', 'wanda'],
])('%p looks like %p', (one, other) => expect(skeletonOf(one)).toBe(skeletonOf(other)));

test.each([
  ['ada', 'eda'],
  ['bob2', 'bob3'],
  ['wanda', 'vanda'],
])('%p does not look like %p', (one, other) => expect(skeletonOf(one)).not.toBe(skeletonOf(other)));
