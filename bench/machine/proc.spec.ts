import { parseMachine, parseStat, treeOf } from './proc.js';

/** As Linux writes it: 52 fields, of which the second is the program's name. */
function statLine(name: string): string {
  const after = [
    'S',
    '7',
    '100',
    '100',
    '0',
    '-1',
    '0',
    '0',
    '0',
    '0',
    '0',
    '250',
    '50',
    '30',
    '20',
    '20',
    '0',
    '1',
    '0',
    '5000',
  ];
  return `42 (${name}) ${[...after, '123456789', '2048', ...Array.from({ length: 28 }, () => '0')].join(' ')}\n`;
}

describe('what Linux tells of processes', () => {
  it('is read: CPU time with that of ended children, and memory', () => {
    expect(parseStat(statLine('node'))).toEqual({ pid: 42, parent: 7, ticks: 350, pages: 2048 });
  });

  it('is read behind a name with spaces and brackets', () => {
    expect(parseStat(statLine('postgres: a) (b 1 2 3'))).toEqual({ pid: 42, parent: 7, ticks: 350, pages: 2048 });
  });

  it('is read for the whole machine: everything but idle and waiting', () => {
    expect(parseMachine('cpu  100 20 300 9999 8888 40 50 60 7 0\ncpu0 1 2 3 4 5 6 7 8 9 10\n')).toBe(5.7);
  });

  it('is added up over a process and everything below it', () => {
    const of = (pid: number, parent: number): Parameters<typeof treeOf>[1][number] => ({
      pid,
      parent,
      ticks: 0,
      pages: 0,
    });
    const all = [of(1, 0), of(10, 1), of(12, 11), of(11, 10), of(13, 12), of(20, 1)];
    expect(treeOf(10, all).map(({ pid }) => pid)).toEqual([10, 11, 12, 13]);
  });
});
