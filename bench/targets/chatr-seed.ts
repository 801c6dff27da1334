import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import type { Chat, World, WorldPlan } from '../world.js';
import { accessToken } from './tokens.js';

/**
 * Writes people, their sessions, chats and memberships straight into Chatr's tables: over its API, a thousand people would take
 * longer to come in than to be measured.
 */
export async function seedChatr(url: string, plan: WorldPlan): Promise<World> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const ids = Array.from({ length: plan.people }, () => ({ id: uuidv7(), session: uuidv7() }));
    const chats = plan.chats.map((chat) => ({ ...chat, id: uuidv7() }));
    const userIds = ids.map(({ id }) => id);
    await insertPeople(
      client,
      userIds,
      ids.map(({ session }) => session),
    );
    await insertChats(client, chats, userIds);
    for (const chat of chats) await insertMessages(client, chat, userIds);
    await client.query('ANALYZE');
    return { people: ids.map(({ id, session }) => ({ id, token: accessToken(id, session) })), chats };
  } finally {
    await client.end();
  }
}

async function insertPeople(client: Client, userIds: string[], sessionIds: string[]): Promise<void> {
  await client.query(
    `INSERT INTO users (id, email, username, display_name, search_key, password_hash, email_verified_at, role, created_at)
     SELECT id, 'person' || n || '@bench.example', 'person' || n, 'Person ' || n, 'person' || n, 'none', now(), 'user', now()
     FROM unnest($1::uuid[]) WITH ORDINALITY AS person (id, n)`,
    [userIds],
  );
  await client.query(
    `INSERT INTO sessions (id, user_id, user_agent, address, created_at, last_used_at, expires_at, token_hash)
     SELECT id, user_id, 'bench', '127.0.0.1', now(), now(), now() + interval '1 day', $3
     FROM unnest($1::uuid[], $2::uuid[]) AS session (id, user_id)`,
    [sessionIds, userIds, randomBytes(32)],
  );
}

async function insertChats(client: Client, chats: readonly Chat[], userIds: readonly string[]): Promise<void> {
  const member = (index: number | undefined): string => userIds[index ?? 0] ?? '';
  await client.query(
    `INSERT INTO chats (id, type, name, direct_key, created_by, activity_id, member_count, last_seq, version)
     SELECT id, type, CASE type WHEN 'group' THEN 'Group ' || n END, direct_key, created_by, id, member_count, messages, messages + 1
     FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::int[], $6::bigint[])
       WITH ORDINALITY AS chat (id, type, direct_key, created_by, member_count, messages, n)`,
    [
      chats.map(({ id }) => id),
      chats.map(({ kind }) => kind),
      chats.map(({ kind, members }) => (kind === 'direct' ? members.map(member).sort().join(':') : null)),
      chats.map(({ members }) => member(members[0])),
      chats.map(({ members }) => members.length),
      chats.map(({ messages = 0 }) => messages),
    ],
  );
  const rows = chats.flatMap(({ id, kind, members }) =>
    members.map((index, place) => ({
      id,
      user: member(index),
      role: kind === 'group' && place === 0 ? 'owner' : 'member',
    })),
  );
  await client.query(
    `INSERT INTO chat_members (chat_id, user_id, role, joined_version, version, user_cursor)
     SELECT chat_id, user_id, role, 1, 1, 1 FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS member (chat_id, user_id, role)`,
    [rows.map(({ id }) => id), rows.map(({ user }) => user), rows.map(({ role }) => role)],
  );
  await client.query(`INSERT INTO user_cursors (user_id, cursor) SELECT unnest($1::uuid[]), 1`, [userIds]);
}

async function insertMessages(
  client: Client,
  { id, members, messages = 0 }: Chat,
  userIds: readonly string[],
): Promise<void> {
  if (messages === 0) return;
  await client.query(
    `INSERT INTO messages (chat_id, seq, version, id, client_id, sender_id, type, content, created_at)
     SELECT $1, n, n + 1, uuidv7(), 'seed-' || n, $2, 'text', 'Message number ' || n || ' of a long conversation',
       now() - (1 + $3 - n) * interval '1 second'
     FROM generate_series(1, $3::int) AS n`,
    [id, userIds[members[0] ?? 0], messages],
  );
  await client.query(
    'UPDATE chats SET activity_id = (SELECT id FROM messages WHERE chat_id = $1 AND seq = $2) WHERE id = $1',
    [id, messages],
  );
}
