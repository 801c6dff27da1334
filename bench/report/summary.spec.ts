import { type Result, summarise } from './summary.js';

function result(run: number, messagesPerSecond: number, lost: number): Result {
  const none = { server: 0, database: 0, load: 0 };
  return {
    scenario: 'dm-closed',
    target: 'chatr',
    step: '',
    run,
    seconds: 4,
    settleMs: 0,
    messagesPerSecond,
    deliveriesPerSecond: 0,
    cpuSeconds: none,
    othersCpuSeconds: 0,
    rssBytes: { server: 0, serverPeak: 0 },
    counts: { delivered: 0, duplicate: 0, lost, outOfOrder: 0, refused: 0, errors: 0 },
    more: {},
  };
}

describe('several runs together', () => {
  it('are told by their median, and from where to where they went', () => {
    const [summary] = summarise([result(1, 900, 0), result(2, 100, 0), result(3, 1000, 0)]);
    expect(summary?.runs).toBe(3);
    expect(summary?.figures['messagesPerSecond']).toEqual({ median: 900, min: 100, max: 1000 });
  });

  it('have every error of each of them', () => {
    const [summary] = summarise([result(1, 1, 0), result(2, 1, 0), result(3, 1, 2)]);
    expect(summary?.figures['counts.lost']?.median).toBe(2);
  });

  it('are kept apart by scenario, target and step', () => {
    expect(summarise([result(1, 1, 0), { ...result(1, 1, 0), step: '500/s' }])).toHaveLength(2);
  });
});
