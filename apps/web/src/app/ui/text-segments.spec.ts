import { isFewEmoji, textSegments } from './text-segments';

function links(text: string): string[] {
  return textSegments(text).flatMap((segment) => segment.href ?? []);
}

describe('links in a text', () => {
  it('leaves a text without addresses as it is', () => {
    expect(textSegments('just words')).toEqual([{ text: 'just words' }]);
    expect(textSegments('')).toEqual([]);
  });

  it('finds addresses and keeps the sentence around them', () => {
    expect(textSegments('See https://example.org/a, or not.')).toEqual([
      { text: 'See ' },
      { text: 'https://example.org/a', href: 'https://example.org/a' },
      { text: ', or not.' },
    ]);
  });

  it('keeps brackets that belong to the address, and leaves those around it', () => {
    expect(links('(https://example.org/wiki/Chat_(room))')).toEqual(['https://example.org/wiki/Chat_(room)']);
    expect(links('(see https://example.org/a)')).toEqual(['https://example.org/a']);
  });

  it('takes www for an address, too', () => {
    expect(links('www.example.org/x')).toEqual(['https://www.example.org/x']);
  });

  it('never makes a link of anything but http and https', () => {
    expect(links('javascript:alert(1) data:text/html,x file:///etc/passwd vbscript:x')).toEqual([]);
    expect(links('https:// http://')).toEqual([]);
  });

  it('ends an address where the direction of text is turned', () => {
    expect(links('https://example.org/\u202Egpj.exe')).toEqual(['https://example.org/']);
  });

  it('loses nothing of the text', () => {
    const text = 'a https://example.org. b www.x.org! (http://localhost:3000/c) مرحبا https://example.org/ع';
    expect(
      textSegments(text)
        .map((segment) => segment.text)
        .join(''),
    ).toBe(text);
  });
});

describe('messages of emoji alone', () => {
  it('are up to three', () => {
    expect(isFewEmoji('🎉')).toBe(true);
    expect(isFewEmoji('👩‍👩‍👧🏽👍🏿❤️'.replace('🏽', ''))).toBe(true);
    expect(isFewEmoji('🎉🎉🎉🎉')).toBe(false);
    expect(isFewEmoji('ok 🎉')).toBe(false);
    expect(isFewEmoji('')).toBe(false);
    expect(isFewEmoji('12')).toBe(false);
  });
});
