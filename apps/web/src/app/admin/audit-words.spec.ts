import { actionWords, AUDIT_ACTIONS, detailWords } from './audit-words';

it('has words for what it knows, and shows what it does not know as it came', () => {
  expect(actionWords('role.changed')).toBe('Role changed');
  expect(actionWords('toString')).toBe('toString');
  expect(actionWords('something.new')).toBe('something.new');
});

it('calls no two actions the same', () => {
  expect(new Set(AUDIT_ACTIONS.map(({ words }) => words)).size).toBe(AUDIT_ACTIONS.length);
});

it('tells details in a line, without what is not known', () => {
  expect(detailWords({ to: 'admin', from: 'user' })).toBe('from: user · to: admin');
  expect(detailWords({ sessionsEnded: 2, known_devices: 0, reason: null })).toBe(
    'sessions ended: 2 · known devices: 0',
  );
});
