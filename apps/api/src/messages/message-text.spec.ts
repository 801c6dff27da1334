import { messageTextProblem } from './message-text.js';

it.each(['hello', '0', '👍', '👩‍👩‍👧‍👦', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'שלום', 'مرحبا‏', 'e\u0301', 'one\n\ttwo', ' padded ', '\u202Eturned'])(
  '%j is a message',
  (text) => {
    expect(messageTextProblem(text)).toBeUndefined();
  },
);

it.each(['', ' ', '\n\t', '\u00A0\u3000', '\u200B', '\u200D\u2060\uFEFF', '\u2800', '\u3164'])(
  '%j has nothing to see',
  (text) => {
    expect(messageTextProblem(text)).toMatch(/empty/);
  },
);

it.each(['a\u0000', '\u0007', '\u001B[31m', 'a\rb', '\u0085', '\u007F'])('%j holds control characters', (text) => {
  expect(messageTextProblem(text)).toMatch(/control/);
});

it.each(['\uD800', 'a\uDC00', '\uD83D\uD83D'])('%j is half a character', (text) => {
  expect(messageTextProblem(text)).toMatch(/Unicode/);
});
