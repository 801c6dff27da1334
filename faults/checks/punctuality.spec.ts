import { Punctuality } from './punctuality.js';

describe('what was committed', () => {
  let punctuality: Punctuality;
  const always = (): number => 0;

  beforeEach(() => {
    punctuality = new Punctuality('number');
    punctuality.shown('p00a', 'c', 4);
    punctuality.committed('c', 4, 100);
  });

  const late = (now: number, wellSince: (device: string) => number | undefined = always): string[] =>
    punctuality.judge(now, wellSince).map(({ detail }) => detail);

  it('is late when it is not shown ten seconds later', () => {
    punctuality.committed('c', 5, 1_000);
    expect(late(11_000)).toEqual([]);
    expect(late(11_600)).toEqual(['number 5 was committed 10600 ms ago, and only 4 is shown']);
  });

  it('is found late once', () => {
    punctuality.committed('c', 5, 1_000);
    expect(late(12_000)).toHaveLength(1);
    expect(late(13_000)).toEqual([]);
  });

  it('is not late when it is shown', () => {
    punctuality.committed('c', 5, 1_000);
    punctuality.shown('p00a', 'c', 5);
    expect(late(60_000)).toEqual([]);
  });

  it('is late when only what came after it was heard of', () => {
    punctuality.committed('c', 6, 1_000);
    punctuality.shown('p00a', 'c', 5);
    expect(late(12_000)).toHaveLength(1);
  });

  it('is not late while something hinders the device, and for ten seconds after', () => {
    punctuality.committed('c', 5, 1_000);
    expect(late(60_000, () => undefined)).toEqual([]);
    expect(late(60_000, () => 50_000)).toEqual([]);
    expect(late(61_000, () => 50_000)).toHaveLength(1);
  });

  it('is nothing to a device that left the chat', () => {
    punctuality.committed('c', 5, 1_000);
    punctuality.gone('p00a', 'c');
    expect(late(60_000)).toEqual([]);
  });
});
