import { randomUUID } from 'node:crypto';
import { closeClients, openClient } from './support/clients.js';
import { historyOf, trySend } from './support/chats.js';
import { inDatabase } from './support/database.js';
import { expectFresh } from './support/expect-fresh.js';
import { ask } from './support/http.js';
import type { Person } from './support/people.js';
import { startServer, type TestServer } from './support/server.js';
import type { Chat } from '@chatr/contracts';

const PASSWORD = 'northmill-demo';

/** The rules of the log and of what hangs on it, each as a query for what breaks it. */
const RULES: Readonly<Record<string, string>> = {
  'messages are numbered from 1 without a gap': `
    SELECT c.id FROM chats c LEFT JOIN messages m ON m.chat_id = c.id
    GROUP BY c.id HAVING c.last_seq <> count(m.seq) OR c.last_seq <> coalesce(max(m.seq), 0) OR coalesce(min(m.seq), 1) <> 1`,
  'no two messages share a version, and none is beyond the chat’s': `
    SELECT c.id FROM chats c JOIN messages m ON m.chat_id = c.id
    GROUP BY c.id HAVING count(DISTINCT m.version) <> count(*) OR max(m.version) > c.version`,
  'what the chat and its members are stamped with is not beyond its version': `
    SELECT c.id FROM chats c JOIN chat_members cm ON cm.chat_id = c.id
    WHERE c.details_version > c.version OR cm.version > c.details_version OR cm.joined_version > cm.version`,
  'a chat’s activity is its newest message': `
    SELECT c.id FROM chats c JOIN messages m ON m.chat_id = c.id AND m.seq = c.last_seq
    WHERE c.activity_id <> m.id OR c.last_activity_at <> m.created_at`,
  'ids and times follow the numbers': `
    SELECT a.id FROM messages a JOIN messages b ON b.chat_id = a.chat_id AND b.seq = a.seq + 1
    WHERE b.id <= a.id OR b.created_at < a.created_at OR b.created_at > now()`,
  'members are counted': `
    SELECT c.id FROM chats c JOIN chat_members cm ON cm.chat_id = c.id AND cm.left_at IS NULL
    GROUP BY c.id HAVING c.member_count <> count(*)`,
  'positions stay within the log, and reading implies having received': `
    SELECT c.id FROM chats c JOIN chat_members cm ON cm.chat_id = c.id
    WHERE cm.read_seq > cm.delivered_seq OR cm.delivered_seq > c.last_seq OR cm.visible_from_seq > c.last_seq + 1`,
  'who writes has read': `
    SELECT m.id FROM messages m JOIN chat_members cm ON cm.chat_id = m.chat_id AND cm.user_id = m.sender_id
    WHERE m.type <> 'system' AND m.seq > cm.read_seq`,
  'people write only while they are members': `
    SELECT m.id FROM messages m LEFT JOIN chat_members cm ON cm.chat_id = m.chat_id AND cm.user_id = m.sender_id
    WHERE cm.user_id IS NULL OR m.seq < cm.visible_from_seq OR m.created_at > coalesce(cm.left_at, now())`,
  'each person has a cursor, which their newest change took': `
    SELECT u.id FROM users u LEFT JOIN user_cursors uc ON uc.user_id = u.id LEFT JOIN chat_members cm ON cm.user_id = u.id
    GROUP BY u.id, uc.cursor HAVING uc.cursor IS DISTINCT FROM max(cm.user_cursor) OR count(DISTINCT cm.user_cursor) <> count(*)`,
  'edits are told of messages that say so': `
    SELECT e.chat_id FROM message_edits e JOIN messages m ON m.chat_id = e.chat_id AND m.seq = e.seq
    WHERE m.edited_at IS NULL OR m.deleted_at IS NOT NULL OR e.version > m.version`,
};

describe('a server started with --demo', () => {
  let server: TestServer;
  let zoe: Person;

  beforeAll(async () => {
    server = await startServer({}, ['--demo']);
    zoe = await logIn('zoe');
  });

  afterAll(async () => {
    closeClients();
    await server.destroy();
  });

  async function logIn(username: string): Promise<Person> {
    const tokens = await ask<{ accessToken: string; refreshToken: string; user: Person }>(server, '/auth/login', {
      body: { identifier: `${username}@northmill.example`, password: PASSWORD },
    });
    return { ...tokens.user, ...tokens, password: PASSWORD };
  }

  async function chats(): Promise<Chat[]> {
    return (await ask<{ items: Chat[] }>(server, '/chats?limit=100', { accessToken: zoe.accessToken })).items;
  }

  it('says whom to log in as', () => {
    const printed = server.logs.join('\n');
    expect(printed).toContain('zoe@northmill.example (administrator)');
    expect(printed).toContain(PASSWORD);
  });

  it.each(Object.entries(RULES))('keeps the rule that %s', async (_, exceptions) => {
    expect(await inDatabase(server, exceptions)).toEqual([]);
  });

  it('shows its administrator twenty chats, some of them with something unread', async () => {
    const found = await chats();
    expect(found).toHaveLength(20);
    expect(found.map((chat) => chat.unreadCount).filter((count) => count > 0)).toHaveLength(5);
    expect(found.map((chat) => chat.lastActivity)).toEqual(
      found
        .map((chat) => chat.lastActivity)
        .toSorted()
        .reverse(),
    );
    for (const chat of found) {
      const { items } = await historyOf(server, zoe, chat.id);
      expect(items.at(-1)).toEqual(chat.lastMessage);
      const unread = items.filter(({ seq, senderId, type, deletedAt }) => {
        return seq > chat.lastReadSeq && senderId !== zoe.id && type !== 'system' && deletedAt === undefined;
      });
      expect(unread).toHaveLength(chat.unreadCount);
    }
  });

  it('gives a client the same as requests do', async () => {
    await expectFresh(await openClient(server, zoe), server, zoe);
  });

  it('goes on where the demonstration ends', async () => {
    const [chat] = await chats();
    const { body } = await trySend(server, zoe, chat?.id ?? '', {
      content: 'And now for real',
      clientId: randomUUID(),
    });
    expect(body).toMatchObject({ seq: (chat?.lastSeq ?? 0) + 1, version: (chat?.version ?? 0) + 1 });
  });

  it('refuses to fill a database that has people, and says what to do', async () => {
    await server.stop();
    await expect(startServer({ DATA_DIR: server.dataDir }, ['--demo'])).rejects.toThrow(
      '--demo fills an empty database only; this one has 14 people. Start without --demo, or with another DATA_DIR.',
    );
  });
});
