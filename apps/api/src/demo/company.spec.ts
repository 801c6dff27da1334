import { messageTextProblem } from '../messages/message-text.js';
import type { ChatRecord } from './chat-record.js';
import { type Company, makeCompany } from './company.js';

const NOW = new Date(2026, 2, 18, 14, 37);

describe('the demonstration', () => {
  const company = makeCompany(NOW, 'hash');
  const messages = company.chats.flatMap((record) => record.messages);

  it('is the same each time', () => {
    expect(makeCompany(NOW, 'hash')).toEqual(company);
  });

  it('is a company that has talked for weeks', () => {
    expect(company.people).toHaveLength(14);
    expect(company.chats.filter(({ chat }) => chat.type === 'group')).toHaveLength(7);
    expect(company.chats.filter(({ chat }) => chat.type === 'direct')).toHaveLength(20);
    expect(messages.length).toBeGreaterThan(1_200);
    expect(messages.length).toBeLessThan(2_200);
    expect(messages.filter((message) => message.replyToSeq !== null).length).toBeGreaterThan(50);
    expect(messages.filter((message) => message.editedAt !== null).length).toBeGreaterThan(5);
    expect(messages.filter((message) => message.deletedAt !== null).length).toBeGreaterThan(2);
    expect(new Set(messages.map((message) => message.system?.kind))).toEqual(
      new Set([undefined, 'members_added', 'member_removed', 'member_left', 'renamed']),
    );
  });

  it('says nothing in the future, and everything in the words that the server accepts', () => {
    for (const message of messages) {
      expect((message.deletedAt ?? message.editedAt ?? message.createdAt).getTime()).toBeLessThanOrEqual(NOW.getTime());
      if (message.deletedAt === null) expect(messageTextProblem(message.content)).toBeUndefined();
      expect(message.content).not.toMatch(/[{}|⏎]|=>/u);
    }
  });

  it('has something that the administrator has not read', () => {
    const [administrator] = company.people;
    const behind = company.chats.filter(
      ({ chat, members }) => (members.get(administrator?.id ?? '')?.readSeq ?? chat.lastSeq) < chat.lastSeq,
    );
    expect(behind.length).toBeGreaterThanOrEqual(4);
  });

  it.each([
    ['early on a Monday', new Date(2026, 2, 16, 3, 5)],
    ['on a Sunday', new Date(2026, 2, 15, 12)],
    ['just after midnight', new Date(2026, 2, 19, 0, 1)],
    ['when clocks are changed', new Date(2026, 2, 30, 9)],
  ])('keeps the order of its log %s', (_, now) => {
    const { chats } = makeCompany(now, 'hash');
    for (const record of chats) {
      const times = record.messages.map((message) => message.createdAt.getTime());
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(times.at(-1)).toBeLessThanOrEqual(now.getTime());
    }
  });

  it('counts every change of a chat once', () => {
    for (const record of company.chats) {
      const { chat, editRows } = record;
      expect(record.messages.map((message) => message.seq)).toEqual(record.messages.map((_, index) => index + 1));
      // Beside the making of the chat: each message, what a system message tells of, each edit, each message taken back.
      const told = record.messages.filter((message) => message.system !== null);
      const unsent = record.messages.filter((message) => message.deletedAt !== null);
      expect(chat.version).toBe(1 + record.messages.length + told.length + editRows.length + unsent.length);
      expect(chat.lastSeq).toBe(record.messages.length);
      const stamps = stampsOf(record);
      expect(new Set(stamps).size).toBe(stamps.length);
      expect(Math.max(...stamps)).toBe(chat.version);
    }
  });

  it('gives each person a counter that every change of theirs moved on', () => {
    for (const { userId, cursor } of company.cursors) {
      const taken = cursorsOf(company, userId);
      expect(new Set(taken).size).toBe(taken.length);
      expect(Math.max(...taken)).toBe(cursor);
    }
    expect(company.cursors).toHaveLength(company.people.length);
  });
});

/** The versions that something in the chat is stamped with. Two things never share one, but for people who came together. */
function stampsOf({ members, messages }: ChatRecord): number[] {
  const memberships = [...members.values()].map((member) => member.version);
  return [...new Set(memberships), ...messages.map((message) => message.version)];
}

function cursorsOf({ chats }: Company, userId: string): number[] {
  return chats.flatMap(({ members }) => members.get(userId)?.userCursor ?? []);
}
