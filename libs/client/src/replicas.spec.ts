import { Replicas } from './replicas.js';
import type { Chat, Member, User } from './wire.js';

const user = (id: string, displayName = id): User => ({
  id,
  username: id,
  displayName,
  avatarUrl: null,
  about: '',
  pronouns: '',
});
const member = (id: string): Member => ({
  user: user(id),
  role: 'member',
  joinedAt: '2026-01-01T00:00:00.000Z',
  visibleFromSeq: 1,
  deliveredSeq: 0,
  readSeq: 0,
});
const chat: Chat = {
  id: 'c',
  type: 'direct',
  name: 'ann',
  avatarUrl: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  members: [member('me'), member('ann')],
  memberCount: 2,
  role: 'member',
  lastMessage: null,
  lastActivity: '2026-01-01T00:00:00.000Z',
  lastSeq: 2,
  firstSeq: 1,
  version: 3,
  lastReadSeq: 0,
  unreadCount: 0,
  request: false,
  blocked: false,
};

describe('events that come before the answer of the first sync', () => {
  let replicas: Replicas;

  beforeEach(() => {
    const nothing = (): void => undefined;
    replicas = new Replicas({ changed: nothing, confirmed: nothing, wanted: nothing });
    replicas.reset('me');
    replicas.expectAnswer();
  });

  const answer = (): void => replicas.applyAnswer({ cursor: '1', hasMore: false, joined: [chat], left: [], chats: {} });

  it('are not lost: how far somebody has come', () => {
    const payload = { chatId: 'c', userId: 'ann', status: 'read' as const, seq: 2, messageId: 'm' };
    replicas.handle({ name: 'message:status', payload });
    answer();
    expect(replicas.get('c')?.facts.members?.[1]).toMatchObject({ deliveredSeq: 2, readSeq: 2 });
  });

  it('are not lost: what somebody is called now', () => {
    replicas.handle({ name: 'user:updated', payload: user('ann', 'Ann of today') });
    answer();
    expect(replicas.get('c')?.facts).toMatchObject({ name: 'Ann of today' });
    expect(replicas.get('c')?.facts.members?.[1]?.user.displayName).toBe('Ann of today');
  });
});
