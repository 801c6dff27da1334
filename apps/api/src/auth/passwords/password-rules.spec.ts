import { passwordProblem } from './password-rules.js';

test.each(['correct horse', 'äöü€', 'x'.repeat(71) + 'y', '        ', '😀😀'])('%p may be a password', (password) => {
  expect(passwordProblem(password)).toBeUndefined();
});

test.each([
  ['seven77', /at least 8/],
  ['é'.repeat(37), /at most 72 bytes/],
  ['abc\0defgh', /NUL/],
])('%j may not', (password, reason) => expect(passwordProblem(password)).toMatch(reason));
