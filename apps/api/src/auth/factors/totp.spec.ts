import { Secret } from 'otpauth';
import { enrolment, newTotpSecret, stepOf } from './totp.js';

/** RFC 6238's secret; of its codes of eight digits, six are ours. */
const RFC_SECRET = Buffer.from('12345678901234567890');

test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_234_567_890, '005924'],
  [20_000_000_000, '353130'],
])('at %p s the code is %p, as RFC 6238 has it', (seconds, code) => {
  expect(stepOf(RFC_SECRET, code, seconds * 1_000)).toBe(Math.floor(seconds / 30));
});

test('a clock may be one step off, either way', () => {
  const at = 1_111_111_109_000;
  const step = Math.floor(at / 30_000);
  expect([-60, -30, 0, 30, 60].map((off) => stepOf(RFC_SECRET, '081804', at + off * 1_000))).toEqual([
    undefined,
    step,
    step,
    step,
    undefined,
  ]);
});

test('apps are told the usual parameters', () => {
  const secret = newTotpSecret();
  const told = enrolment(secret, 'ann@example.test');
  expect(Buffer.from(Secret.fromBase32(told.secret).bytes)).toEqual(secret);
  const url = new URL(told.otpauthUrl);
  expect([url.protocol, url.host]).toEqual(['otpauth:', 'totp']);
  expect(Object.fromEntries(url.searchParams)).toEqual({
    issuer: 'Chatr',
    secret: told.secret,
    algorithm: 'SHA1',
    digits: '6',
    period: '30',
  });
});
