import { CSV_HEADER, csvLine } from './audit-csv.js';
import type { AuditRow } from './audit-events.repository.js';

const row: AuditRow = {
  id: '01a1fd42-e68d-753e-93b6-000000000000',
  at: new Date('2026-11-25T09:14:00Z'),
  action: 'login.failed',
  actorId: null,
  actorUsername: null,
  actorName: null,
  subjectId: '01a1fd42-e68d-753e-93b6-000000000001',
  subjectUsername: 'zoe',
  subjectName: 'Zoë',
  address: '192.0.2.1',
  userAgent: 'Firefox',
  details: {},
};

it('has as many cells as columns', () => {
  expect(csvLine(row).split(',')).toHaveLength(CSV_HEADER.split(',').length);
});

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1'])('makes no formula of %j', (userAgent) => {
  expect(csvLine({ ...row, userAgent })).toMatch(/,"?'/);
});

it('quotes what would end a cell or a line', () => {
  const line = csvLine({ ...row, userAgent: 'a "b", c\r\n=d', details: { reason: 'x' } });
  expect(line).toContain('"a ""b"", c\r\n=d"');
  expect(line).toContain('"{""reason"":""x""}"');
});
