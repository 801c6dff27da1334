import { ago, clockTime, dayKey, dayLabel, listTime } from './times';

/** A Saturday, local time. */
const NOW = new Date(2026, 10, 21, 14, 5);

function at(year: number, month: number, day: number, hour = 9, minute = 30): string {
  return new Date(year, month - 1, day, hour, minute).toISOString();
}

describe('times', () => {
  it('shows the time today, the weekday this week, and the date before', () => {
    expect(listTime(at(2026, 11, 21, 0, 1), NOW)).toBe('00:01');
    expect(listTime(at(2026, 11, 20, 23, 59), NOW)).toBe('Fri');
    expect(listTime(at(2026, 11, 15), NOW)).toBe('Sun');
    expect(listTime(at(2026, 11, 14), NOW)).toBe('14 Nov');
    expect(listTime(at(2025, 12, 31), NOW)).toBe('31/12/25');
  });

  it('heads days by what people call them', () => {
    expect(dayLabel(at(2026, 11, 21), NOW)).toBe('Today');
    expect(dayLabel(at(2026, 11, 20, 23, 59), NOW)).toBe('Yesterday');
    expect(dayLabel(at(2026, 11, 16), NOW)).toBe('Monday');
    expect(dayLabel(at(2026, 3, 2), NOW)).toBe('2 March');
    expect(dayLabel(at(2024, 3, 2), NOW)).toBe('2 March 2024');
  });

  it('takes a clock that runs ahead for now', () => {
    expect(dayLabel(at(2026, 11, 22), NOW)).toBe('Today');
    expect(ago(at(2026, 11, 21, 14, 9), NOW)).toBe('just now');
  });

  it('counts minutes under an hour and names the time after it', () => {
    expect(ago(at(2026, 11, 21, 14, 4), NOW)).toBe('a minute ago');
    expect(ago(at(2026, 11, 21, 13, 25), NOW)).toBe('40 minutes ago');
    expect(ago(at(2026, 11, 21, 9, 30), NOW)).toBe('today at 09:30');
    expect(ago(at(2026, 11, 20, 9, 30), NOW)).toBe('yesterday at 09:30');
    expect(ago(at(2026, 11, 2), NOW)).toBe('on 2 November');
  });

  it('keys days by the local calendar', () => {
    expect(dayKey(at(2026, 1, 5, 0, 0))).toBe('2026-01-05');
    expect(clockTime(at(2026, 1, 5, 0, 0))).toBe('00:00');
  });
});
