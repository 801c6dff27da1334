import { checkLogs, type LoggedMessage, type SentMessage } from './log.js';

describe('the log of a chat', () => {
  const sent: SentMessage[] = [1, 2, 3].map((number) => ({
    chatId: 'c',
    clientId: `name-${number}`,
    senderId: 'ann',
    content: `p00a#${number} hello`,
    acknowledged: [{ id: `id-${number}`, seq: number }],
  }));
  const log: LoggedMessage[] = sent.map(({ clientId, senderId, content }, index) => ({
    id: `id-${index + 1}`,
    seq: index + 1,
    clientId,
    senderId,
    content,
  }));
  const findings = (messages: readonly LoggedMessage[], promised = sent): string[] =>
    checkLogs(new Map([['c', messages]]), promised).map(({ check }) => check);
  const renumbered = (messages: readonly LoggedMessage[]): LoggedMessage[] =>
    messages.map((message, index) => ({ ...message, seq: index + 1 }));

  it('is well when it holds what was acknowledged, in order', () => {
    expect(findings(log)).toEqual([]);
  });

  it('is well without a message that was never acknowledged', () => {
    const unanswered = sent.map((message, index) => (index === 2 ? { ...message, acknowledged: [] } : message));
    expect(findings(log.slice(0, 2), unanswered)).toEqual([]);
  });

  it('lacks an acknowledged message', () => {
    expect(findings(log.slice(0, 2))).toEqual(['lost']);
    expect(findings([])).toEqual(['lost', 'lost', 'lost']);
  });

  it('lacks one that the outbox let go without showing its number', () => {
    const unseen = sent.map((message) => ({ ...message, acknowledged: [{ id: '', seq: 0 }] }));
    expect(findings(log, unseen)).toEqual([]);
    expect(findings(log.slice(0, 2), unseen)).toEqual(['lost']);
  });

  it('has a message under another number than was acknowledged', () => {
    const [first, second, third] = log as [LoggedMessage, LoggedMessage, LoggedMessage];
    const moved = [first, { ...third, seq: 2 }, { ...second, seq: 3 }];
    expect(findings(moved)).toEqual(expect.arrayContaining(['lost', 'reordered']));
  });

  it('has a gap', () => {
    expect(findings(log.filter(({ seq }) => seq !== 2))).toEqual(expect.arrayContaining(['gap', 'lost']));
    expect(findings(log.slice(1), sent.slice(1))).toEqual(['gap']);
  });

  it('has the same name twice', () => {
    expect(findings([...log, { ...log[2]!, content: '', seq: 4 }])).toEqual(['doubled']);
  });

  it('has the same text under two names', () => {
    expect(findings([...log, { ...log[2]!, id: 'id-4', clientId: 'name-4', seq: 4 }])).toEqual(['doubled']);
  });

  it('has two messages of a device in the other order, also where one was unsent', () => {
    const unacknowledged = sent.map((message) => ({ ...message, acknowledged: [] }));
    const swapped = renumbered([log[1]!, log[0]!, log[2]!]);
    expect(findings(swapped, unacknowledged)).toEqual(['reordered']);
    const unsent = swapped.map((message) => (message.clientId === 'name-1' ? { ...message, content: '' } : message));
    expect(findings(unsent, unacknowledged)).toEqual(['reordered']);
  });

  it('is well when two devices of a person overtake each other', () => {
    const other = { ...log[0]!, id: 'id-b', clientId: 'name-b', content: 'p00b#1 hello' };
    expect(findings(renumbered([log[0]!, other, log[1]!, log[2]!]).slice(0, 2), sent.slice(0, 1))).toEqual([]);
  });
});
