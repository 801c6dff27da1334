import type { AuditRow } from './audit-events.repository.js';

const COLUMNS = [
  'id',
  'time',
  'action',
  'actor id',
  'actor',
  'subject id',
  'subject',
  'address',
  'user agent',
  'details',
] as const;

/** What spreadsheets take for the beginning of a formula. */
const FORMULA = /^[=+\-@\t\r\n]/;

/** The first line, which names the columns. */
export const CSV_HEADER = lineOf(COLUMNS);

/** One entry as a line of RFC 4180. */
export function csvLine(row: AuditRow): string {
  const { id, at, action, actorId, actorUsername, subjectId, subjectUsername, address, userAgent, details } = row;
  const people = [actorId, actorUsername, subjectId, subjectUsername].map((value) => value ?? '');
  return lineOf([id, at.toISOString(), action, ...people, address, userAgent, JSON.stringify(details)]);
}

function lineOf(values: readonly string[]): string {
  return `${values.map(cellOf).join(',')}\r\n`;
}

/** What people chose themselves, such as the name of a browser, is never a formula in whoever's spreadsheet opens the file. */
function cellOf(value: string): string {
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
