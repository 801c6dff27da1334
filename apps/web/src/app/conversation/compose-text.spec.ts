import { cleanText, MESSAGE_LENGTH, roomWords } from './compose-text';

describe('what is sent of what was typed', () => {
  it('keeps line breaks, tabs, emoji and any script, and drops control characters', () => {
    expect(cleanText('  one\r\ntwo\rthree\u2028four\t5\u0000\u0007\u009F  ')).toBe('one\ntwo\nthree\nfour\t5');
    expect(cleanText('مرحبا 👩‍👩‍👧')).toBe('مرحبا 👩‍👩‍👧');
  });

  it('mends halves of characters, which the server would refuse', () => {
    expect(cleanText('a\ud83d').isWellFormed()).toBe(true);
  });

  it('is nothing when there is nothing to see', () => {
    expect(cleanText(' \n\t ')).toBe('');
  });

  it('says how much room is left once that is little', () => {
    expect(roomWords('x'.repeat(MESSAGE_LENGTH - 500))).toBeUndefined();
    expect(roomWords('x'.repeat(MESSAGE_LENGTH - 499))).toBe('499 characters left');
    expect(roomWords('x'.repeat(MESSAGE_LENGTH - 1))).toBe('1 character left');
    expect(roomWords('x'.repeat(MESSAGE_LENGTH + 1))).toBe('1 character too many');
  });
});
