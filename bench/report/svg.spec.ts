import { barChart, lineChart } from './svg.js';

describe('the charts', () => {
  it('draw a bar for each value, with its number', () => {
    const chart = barChart('Speed', [{ label: '', bars: [{ label: 'relay', value: 1200.4, min: 1100, max: 1300 }] }]);
    expect(chart).toContain('>1,200<');
    expect(chart.match(/<rect/g)).toHaveLength(1);
  });

  it('leave nothing in a text that would be markup', () => {
    expect(barChart('a < b & "c"', [])).toContain('a &lt; b &amp; &quot;c&quot;');
  });

  it('draw lines over powers of ten', () => {
    const points = [
      { x: 100, y: 1 },
      { x: 1000, y: 10 },
    ];
    expect(lineChart('Latency', { x: 'rate', y: 'ms' }, [{ label: 'relay', points }])).toContain(
      'points="60,320 580,56"',
    );
  });

  it('draw nothing of nothing', () => {
    expect(lineChart('Latency', { x: 'rate', y: 'ms' }, [])).toContain('</svg>');
  });
});
