import { Histogram } from './histogram.js';

function recorded(values: readonly number[]): Histogram {
  const histogram = new Histogram();
  for (const value of values) histogram.record(value);
  return histogram;
}

describe('the histogram', () => {
  it('tells percentiles to within two hundredths, over five powers of ten', () => {
    for (const scale of [0.01, 1, 100, 1_000]) {
      const histogram = recorded(Array.from({ length: 1_000 }, (_, index) => (index + 1) * scale));
      for (const share of [0.5, 0.95, 0.99]) {
        const exact = share * 1_000 * scale;
        expect(Math.abs(histogram.quantile(share) - exact) / exact).toBeLessThan(0.02);
      }
    }
  });

  it('never tells more than the highest value, and that exactly', () => {
    expect(recorded([1.234, 56.789]).percentiles()).toMatchObject({ p99: 56.789, max: 56.789 });
  });

  it('sees a single slow one among a hundred only in the maximum', () => {
    const { p99, max } = recorded([...Array.from({ length: 99 }, () => 1), 500]).percentiles() ?? { p99: 0, max: 0 };
    expect(p99).toBeLessThan(1.1);
    expect(max).toBe(500);
  });

  it('has nothing to tell when nothing was recorded', () => {
    expect(new Histogram().percentiles()).toBeUndefined();
    expect(new Histogram().quantile(0.5)).toBe(0);
  });

  it('takes what lies outside of its range for the nearest it knows', () => {
    expect(recorded([-1]).percentiles()?.max).toBe(0);
    expect(recorded([1e9]).percentiles()?.max).toBeCloseTo(2_147_483.647);
  });
});
