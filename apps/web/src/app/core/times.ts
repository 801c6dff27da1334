/** The language of the words around the times. */
const LOCALE = 'en-GB';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const clock = new Intl.DateTimeFormat(LOCALE, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const weekday = new Intl.DateTimeFormat(LOCALE, { weekday: 'long' });
const shortWeekday = new Intl.DateTimeFormat(LOCALE, { weekday: 'short' });
const dayAndMonth = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'long' });
const shortDate = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short' });
const longDate = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'long', year: 'numeric' });
const numericDate = new Intl.DateTimeFormat(LOCALE, { day: '2-digit', month: '2-digit', year: '2-digit' });
const exact = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'full', timeStyle: 'short' });

/** The same for all moments of one local day, such as `2026-11-21`. */
export function dayKey(iso: string): string {
  const date = new Date(iso);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
}

/** `14:05`. */
export function clockTime(iso: string): string {
  return clock.format(new Date(iso));
}

/** The whole moment, for hovering over a short form of it. */
export function exactTime(iso: string): string {
  return exact.format(new Date(iso));
}

/** What heads a day in a conversation: Today, Yesterday, a weekday, a date. */
export function dayLabel(iso: string, now: Date): string {
  const days = daysBetween(new Date(iso), now);
  if (days <= 0) return 'Today';
  if (days === 1) return 'Yesterday';
  if (days < 7) return weekday.format(new Date(iso));
  return (new Date(iso).getFullYear() === now.getFullYear() ? dayAndMonth : longDate).format(new Date(iso));
}

/** What stands in a row of a list: a time today, else a weekday, else a date. */
export function listTime(iso: string, now: Date): string {
  const days = daysBetween(new Date(iso), now);
  if (days <= 0) return clockTime(iso);
  if (days < 7) return shortWeekday.format(new Date(iso));
  return (new Date(iso).getFullYear() === now.getFullYear() ? shortDate : numericDate).format(new Date(iso));
}

/** How long ago, in words: relative under an hour, then by the clock, then by the day. */
export function ago(iso: string, now: Date): string {
  const passed = now.getTime() - new Date(iso).getTime();
  if (passed < MINUTE) return 'just now';
  if (passed < HOUR) return passed < 2 * MINUTE ? 'a minute ago' : `${Math.floor(passed / MINUTE)} minutes ago`;
  const days = daysBetween(new Date(iso), now);
  if (days <= 0) return `today at ${clockTime(iso)}`;
  if (days === 1) return `yesterday at ${clockTime(iso)}`;
  return `on ${(days < 300 ? dayAndMonth : longDate).format(new Date(iso))}`;
}

/** Counts midnights, not hours: ten past midnight is a day after ten to. */
function daysBetween(earlier: Date, later: Date): number {
  const midnight = (date: Date): number => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  return Math.round((midnight(later) - midnight(earlier)) / DAY);
}
