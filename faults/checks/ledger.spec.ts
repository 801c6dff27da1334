import type { Observation } from '../people/protocol.js';
import { Ledger } from './ledger.js';

describe('what devices say', () => {
  const ledgerOf = (...said: (Partial<Observation> & Pick<Observation, 'what'>)[]): Ledger => {
    const ledger = new Ledger(
      () => 'ann',
      (at) => at,
    );
    for (const observation of said)
      ledger.take({ at: 0, device: 'p00a', chatId: 'c', clientId: 'n', ...observation } as Observation);
    return ledger;
  };
  const sent = { what: 'sent', content: 'p00a#1 hello' } as const;

  it('is a finding when a screen shows what it must not, a session is lost, or something fails that nothing explains', () => {
    const ledger = ledgerOf(
      { what: 'view-broken', problem: 'doubled', detail: '' },
      { what: 'session-ended', reason: 'expired' },
      { what: 'unexpected', action: 'edit', code: 'internal_error', detail: '' },
    );
    expect(ledger.findings.map(({ check }) => check)).toEqual(['doubled', 'session', 'failure']);
  });

  it('leaves a message unsettled that nobody heard of again', () => {
    expect(ledgerOf(sent).unsettled()).toHaveLength(1);
    expect(ledgerOf(sent, { what: 'acknowledged', id: 'id', seq: 1 }).unsettled()).toEqual([]);
    expect(ledgerOf(sent, { what: 'refused', code: 'not_a_member' }).unsettled()).toEqual([]);
  });

  it('is a finding when a message is refused for good for another reason than a membership', () => {
    expect(ledgerOf(sent, { what: 'refused', code: 'not_a_member' }).findings).toEqual([]);
    expect(ledgerOf(sent, { what: 'refused', code: 'internal_error' }).findings).toHaveLength(1);
  });

  it('counts as read what was read and written, but for what a device forgot when it began anew', () => {
    const read = { what: 'read', seq: 7 } as const;
    expect(ledgerOf(read).readingOf('ann')).toEqual(new Map([['c', 7]]));
    expect(ledgerOf(sent, { what: 'acknowledged', id: 'id', seq: 9 }).readingOf('ann')).toEqual(new Map([['c', 9]]));
    expect(ledgerOf(read, { what: 'reopened' }).readingOf('ann')).toEqual(new Map([['c', 0]]));
    expect(ledgerOf(read, { what: 'chat-gone' }).readingOf('ann')).toEqual(new Map());
  });
});
