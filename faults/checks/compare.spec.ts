import { type ChatState, differences } from './compare.js';

describe('what a client shows beside what the server tells', () => {
  const chat = (facts: Record<string, unknown> = {}, more: Partial<ChatState> = {}): ChatState => ({
    id: 'c',
    facts: { name: 'C', unreadCount: 2, lastReadSeq: 3, ...facts },
    members: [],
    messages: [
      { seq: 1, content: 'one' },
      { seq: 2, content: 'two' },
    ],
    ...more,
  });
  const member = (readSeq: number): ChatState['members'][number] => ({
    user: { id: 'ann', username: 'ann', displayName: 'Ann', avatarUrl: null, about: '', pronouns: '' },
    role: 'member',
    joinedAt: '2026-01-01T00:00:00.000Z',
    visibleFromSeq: 1,
    deliveredSeq: 9,
    readSeq,
  });
  const kinds = (actual: ChatState[], expected: ChatState[]): string[] =>
    differences(actual, expected).map(({ kind }) => kind);

  it('is the same', () => {
    expect(kinds([chat()], [chat()])).toEqual([]);
  });

  it('has another unread count', () => {
    expect(kinds([chat({ unreadCount: 1 })], [chat()])).toEqual(['unread']);
  });

  it('has another position, its own or that of a member', () => {
    expect(kinds([chat({ lastReadSeq: 2 })], [chat()])).toEqual(['position']);
    expect(kinds([chat({}, { members: [member(4)] })], [chat({}, { members: [member(5)] })])).toEqual(['position']);
  });

  it('has another name, text or number of messages, or no such chat', () => {
    expect(kinds([chat({ name: 'D' })], [chat()])).toEqual(['state']);
    expect(
      kinds(
        [
          chat(
            {},
            {
              messages: [
                { seq: 1, content: 'one' },
                { seq: 2, content: 'too' },
              ],
            },
          ),
        ],
        [chat()],
      ),
    ).toEqual(['state']);
    expect(kinds([chat({}, { messages: [{ seq: 1, content: 'one' }] })], [chat()])).toEqual(['state', 'state']);
    expect(kinds([], [chat()])).toEqual(['state']);
    expect(kinds([chat()], [])).toEqual(['state']);
  });

  it('has the list in another order', () => {
    const other = chat({}, { id: 'd' });
    expect(kinds([chat(), other], [other, chat()])).toEqual(['state']);
  });
});
