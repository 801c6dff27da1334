import { newRecoveryCodes, normaliseRecoveryCode } from './recovery-code.js';

test('a set has ten different codes in groups of four', () => {
  const codes = newRecoveryCodes();
  expect(new Set(codes).size).toBe(10);
  for (const code of codes) expect(code).toMatch(/^[A-Z2-7]{4}(-[A-Z2-7]{4}){3}$/);
});

test.each(['ABCD-OIB2-2345-WXYZ', 'abcd oib2 2345 wxyz', 'ABCD018223 45WXYZ'])('%p is one code', (typed) => {
  expect(normaliseRecoveryCode(typed)).toBe('ABCDOIB22345WXYZ');
});
