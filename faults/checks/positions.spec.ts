import type { Chat, Message } from '@chatr/client';
import { checkPositions } from './positions.js';

describe('what the server says of reading', () => {
  const message = (seq: number, senderId: string, more: Partial<Message> = {}): Message => ({
    id: `id-${seq}`,
    chatId: 'c',
    seq,
    version: seq,
    clientId: `name-${seq}`,
    senderId,
    type: 'text',
    content: 'hello',
    reactions: [],
    mentions: [],
    createdAt: '2026-01-01T00:00:00.000Z',
    ...more,
  });
  const log = [
    message(1, 'ann'),
    message(2, 'me'),
    message(3, 'ann'),
    message(4, 'ann', { type: 'system' }),
    message(5, 'ann', { deletedAt: '2026-01-01T00:00:00.000Z' }),
    message(6, 'ann'),
  ];
  const chat = (unreadCount: number, lastReadSeq: number, firstSeq = 1): Chat => ({
    id: 'c',
    type: 'group',
    name: 'C',
    avatarUrl: null,
    createdAt: '2026-01-01T00:00:00.000Z',
    memberCount: 2,
    role: 'member',
    lastMessage: null,
    lastActivity: '2026-01-01T00:00:00.000Z',
    lastSeq: 6,
    firstSeq,
    version: 6,
    lastReadSeq,
    unreadCount,
    request: false,
    blocked: false,
  });
  const findings = (described: Chat, reached = 0): string[] =>
    checkPositions('me', [described], new Map([['c', log]]), new Map([['c', reached]])).map(({ check }) => check);

  it('is right when it is what the log holds', () => {
    expect(findings(chat(2, 2))).toEqual([]);
    expect(findings(chat(1, 2, 6))).toEqual([]);
    expect(findings(chat(0, 6))).toEqual([]);
  });

  it('is wrong when it counts too many or too few', () => {
    expect(findings(chat(3, 2))).toEqual(['unread']);
    expect(findings(chat(1, 2))).toEqual(['unread']);
  });

  it('is wrong when it has forgotten how far the person read', () => {
    expect(findings(chat(2, 2), 2)).toEqual([]);
    expect(findings(chat(2, 2), 3)).toEqual(['position']);
  });

  it('says “more” above 99', () => {
    const many = Array.from({ length: 150 }, (_, index) => message(index + 1, 'ann'));
    const counted = (unreadCount: number): unknown[] =>
      checkPositions('me', [chat(unreadCount, 0)], new Map([['c', many]]), new Map());
    expect(counted(100)).toEqual([]);
    expect(counted(150)).toHaveLength(1);
  });
});
