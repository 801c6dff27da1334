import { markOf, readMark } from './protocol.js';

describe('the mark of a message', () => {
  const find = (
    text: string,
    from = 0,
    to = Buffer.byteLength(text),
  ): { stream: number; number: number } | undefined => {
    const found = { stream: -1, number: -1 };
    return readMark(Buffer.from(text), from, to, found) ? found : undefined;
  };

  it('is found again within what a server makes of the message', () => {
    const text = `42["message:received",{"id":"1","content":"${markOf(12, 3456)}Hello"}]`;
    expect(find(text)).toEqual({ stream: 12, number: 3456 });
  });

  it('is not found in the message behind it', () => {
    const first = '42["typing:status",{}]';
    expect(find(first + markOf(1, 2), 0, first.length)).toBeUndefined();
  });

  it('is not there in what bears none', () => {
    expect(find('42["message:received",{"content":"Hello"}]')).toBeUndefined();
  });
});
