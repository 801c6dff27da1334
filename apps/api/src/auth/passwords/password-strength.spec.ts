import { requireStrength, weakness } from './password-strength.js';

const NORA = { email: 'nora.lindqvist@example.org', username: 'nlind', displayName: 'Nora Lindqvist' };

test.each(['correct horse battery staple', 'a wholly new password', 'Zq8#vTr2', 'пароль из пяти разных слов'])(
  '%p is strong enough',
  (password) => expect(weakness(password, NORA)).toBeUndefined(),
);

test.each([
  ['PASSWORD1', /commonly used password|similar to a commonly used/],
  ['12345678', /heavily used password/],
  ['qwertyuiop', /used password|keyboard/],
  ['x7'.repeat(36), /Repeated character patterns/],
  ['chatr123', /Leave names and addresses out of it/],
  ['lindqvist', /Leave names and addresses out of it/],
  ['Nlind2026', /Leave names|recent years/i],
  ['tsivqdnil', /Leave names and addresses out of it/],
])('%j is not, and is told why', (password, reason) => {
  const words = weakness(password, NORA);
  expect(words).toMatch(/^password is too easy to guess\. /);
  expect(words).toMatch(reason);
  expect(words).not.toContain(password);
});

test('a name is weak for who is called that, and not for others', () => {
  expect(weakness('Quetzalinda-', { displayName: 'Quetzalinda' })).toBeDefined();
  expect(weakness('Quetzalinda-', NORA)).toBeUndefined();
});

test('a refusal names the field', () => {
  expect(() => {
    requireStrength('12345678', NORA);
  }).toThrow(expect.objectContaining({ code: 'validation_failed' }) as Error);
});

test('the worst text takes no more than a moment', () => {
  const worst = [
    '4@8({[<369&#!1|0$+7%2'.repeat(4).slice(0, 72),
    '@4$3!0'.repeat(12),
    '1992'.repeat(18),
    '1'.repeat(72),
  ];
  const endless = 'aA1!'.repeat(250_000);
  for (const password of [...worst, endless]) {
    const start = performance.now();
    weakness(password, { ...NORA, displayName: password.slice(0, 80) });
    expect(performance.now() - start).toBeLessThan(1_500);
  }
});
