import type { ChatUpdated, Member, Message, SyncAnswer, User } from '@chatr/contracts';
import {
  chatOf,
  directChat,
  type Group,
  groupOf,
  historyOf,
  inGroup,
  refused,
  type Refusal,
  registerPeople,
  send,
  trySend,
} from './support/chats.js';
import { closeClients, openClient, until } from './support/clients.js';
import { inDatabase } from './support/database.js';
import { expectFresh } from './support/expect-fresh.js';
import { type Answer, ask, call } from './support/http.js';
import { startNodes } from './support/nodes.js';
import { mailsTo, type Person, registerPerson } from './support/people.js';
import { startServer, type TestServer } from './support/server.js';
import { closeSockets, openSocket } from './support/sockets.js';

const ADMIN = 'boss@example.test';
const NOBODY = {
  username: '',
  displayName: 'Deleted user',
  avatarUrl: null,
  about: '',
  pronouns: '',
  deleted: true,
};

let server: TestServer;

beforeAll(async () => {
  server = await startServer({ ADMIN_EMAIL: ADMIN });
});
afterEach(() => {
  closeSockets();
  closeClients();
});
afterAll(() => server.destroy());

const remove = ({ accessToken, password }: Person, given: unknown = password): Promise<Answer<Refusal>> =>
  call(server, '/users/me', { method: 'DELETE', body: { password: given }, accessToken });
const login = ({ email, password }: Person): Promise<Answer<Refusal>> =>
  call(server, '/auth/login', { body: { identifier: email, password } });

/** Deletes an account, and waits until its chats have been left. */
async function removeWholly(person: Person): Promise<void> {
  expect((await remove(person)).status).toBe(204);
  await until('its chats have been left', async () => {
    const rows = await inDatabase(server, 'SELECT 1 FROM account_deletions WHERE user_id = $1 AND told_at IS NULL', [
      person.id,
    ]);
    return rows.length === 0;
  });
}

describe('deleting one’s account', () => {
  test('takes the password, and throws everybody out who used it', async () => {
    const ann = await registerPerson(server);
    expect(refused(await remove(ann, 'not the password'))).toEqual([401, 'credentials_invalid']);
    for (const nothing of ['', 7, null, {}])
      expect(refused(await remove(ann, nothing))).toEqual([400, 'validation_failed']);
    expect((await call(server, '/users/me', { accessToken: ann.accessToken })).status).toBe(200);
    const socket = await openSocket(server, ann.accessToken);
    expect((await remove(ann)).status).toBe(204);
    expect(await socket.first('session:ended')).toEqual({ reason: 'account_deleted' });
    await socket.first('disconnect');
    expect(refused(await call(server, '/users/me', { accessToken: ann.accessToken }))).toEqual([401, 'session_ended']);
    const body = { refreshToken: ann.refreshToken };
    expect(refused(await call(server, '/auth/refresh', { body }))).toEqual([401, 'session_ended']);
    expect(refused(await remove(ann))).toEqual([401, 'session_ended']);
    expect((await mailsTo(server, ann.email))[0]?.subject).toBe('Your account was deleted');
  });

  test('of two devices at the same moment one does it', async () => {
    const ann = await registerPerson(server);
    const answers = await Promise.all([remove(ann), remove(ann), remove(ann)]);
    const statuses = answers.map(({ status }) => status);
    expect([statuses.filter((status) => status === 204).length, statuses.every((status) => status < 500)]).toEqual([
      1,
      true,
    ]);
    const events = await inDatabase(
      server,
      `SELECT 1 FROM audit_events WHERE action = 'account.deleted' AND subject_id = $1`,
      [ann.id],
    );
    expect(events).toHaveLength(1);
  });

  test('leaves nothing behind that says who it was, and afterwards there is no such account', async () => {
    const ann = await registerPerson(server, { displayName: 'Annabel Unmistakable' });
    await ask(server, '/users/me', {
      method: 'PATCH',
      body: { about: 'unmistakable words' },
      accessToken: ann.accessToken,
    });
    await removeWholly(ann);
    const [row] = await inDatabase<{ row: string }>(server, 'SELECT users::text AS row FROM users WHERE id = $1', [
      ann.id,
    ]);
    for (const trace of [ann.email, ann.username, 'nmistakable']) expect(row?.row).not.toContain(trace);
    const sessions = await inDatabase(server, `SELECT user_agent, address FROM sessions WHERE user_id = $1`, [ann.id]);
    for (const session of sessions) expect(session).toEqual({ user_agent: '', address: '' });
    const unknown = await registerPerson(server);
    expect(refused(await login(ann))).toEqual(refused(await login({ ...unknown, email: `nobody-${unknown.email}` })));
    const found = await ask<{ items: User[] }>(server, `/users?query=${ann.username}`, {
      accessToken: unknown.accessToken,
    });
    expect(found.items).toEqual([]);
    expect(refused(await call(server, '/auth/forgot-password', { body: { email: ann.email } }))).toEqual([
      202,
      undefined,
    ]);
    expect((await mailsTo(server, ann.email)).map(({ subject }) => subject)).not.toContain('Choose a new password');
  });

  test('frees the address and the username for somebody new, who inherits nothing', async () => {
    const [ann, bob] = await registerPeople(server, 'Ann', 'Bob');
    const { id } = await directChat(server, ann, bob);
    await send(server, ann, id, 'old words');
    await removeWholly(ann);
    const again = await registerPerson(server, { email: ann.email, username: ann.username });
    expect(again.id).not.toBe(ann.id);
    expect(await ask(server, '/chats', { accessToken: again.accessToken })).toMatchObject({ items: [] });
    const fresh = await directChat(server, again, bob);
    expect(fresh.id).not.toBe(id);
    expect((await chatOf(server, bob, id)).name).toBe('Deleted user');
  });

  test('never takes the last administrator away, nor two who go at the same moment', async () => {
    const boss = await registerPerson(server, { email: ADMIN });
    expect(refused(await remove(boss))).toEqual([409, 'conflict']);
    const second = await registerPerson(server);
    await inDatabase(server, `UPDATE users SET role = 'admin' WHERE id = $1`, [second.id]);
    const answers = await Promise.all([remove(boss), remove(second)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 409]);
  });
});

test('a client of the SDK holds nothing any more once its person is gone', async () => {
  const [ann, bob] = await registerPeople(server, 'Ann', 'Bob');
  const { id } = await directChat(server, ann, bob);
  await send(server, bob, id, 'hello');
  const client = await openClient(server, ann);
  await expect(client.ownData.deleteAccount('not the password')).rejects.toMatchObject({ code: 'credentials_invalid' });
  expect(client.store.chats).toHaveLength(1);
  await client.ownData.deleteAccount(ann.password);
  expect([client.auth.me, client.store.chats]).toEqual([undefined, []]);
  await expect(client.auth.login(ann.username, ann.password)).rejects.toMatchObject({ code: 'credentials_invalid' });
});

describe('the others', () => {
  test('keep the direct chat, which nobody writes in any more, and see so at once', async () => {
    const [ann, bob] = await registerPeople(server, 'Ann', 'Bob');
    const { id } = await directChat(server, ann, bob);
    await send(server, ann, id, 'words that stay');
    const client = await openClient(server, bob);
    const socket = await openSocket(server, bob.accessToken);
    await removeWholly(ann);
    expect(await socket.first<User>('user:updated')).toEqual({ id: ann.id, ...NOBODY });
    const closing = await socket.first<ChatUpdated>('chat:updated', ({ chatId }) => chatId === id);
    expect(closing.members?.map(({ user }) => user)).toEqual([{ id: ann.id, ...NOBODY }]);
    await until('the name has gone', () => client.store.chat(id)?.name === 'Deleted user');
    const attempt = await trySend(server, bob, id, { content: 'are you there?' });
    expect(refused(attempt)).toEqual([403, 'chat_closed']);
    expect(attempt.body.detail).toBe('This person has deleted their account.');
    expect(await socket.refusal('message:send', { chatId: id, clientId: 'x', content: 'hello?' })).toBe('chat_closed');
    expect((await historyOf(server, bob, id)).items.map(({ content, senderId }) => [content, senderId])).toEqual([
      ['words that stay', ann.id],
    ]);
    await expectFresh(client, server, bob);
  });

  test('cannot begin to talk to them, nor let them into a group', async () => {
    const [ann, bob] = await registerPeople(server, 'Ann', 'Bob');
    await removeWholly(ann);
    const { accessToken } = bob;
    const opened = await call<Refusal>(server, '/chats', { body: { type: 'direct', userId: ann.id }, accessToken });
    expect(refused(opened)).toEqual([404, 'not_found']);
    const { id } = await groupOf(server, bob);
    expect(refused(await inGroup(server, bob, id, 'POST', '/members', { userIds: [ann.id] }))).toEqual([
      404,
      'not_found',
    ]);
    const profile = await ask<User>(server, `/users/${ann.id}`, { accessToken });
    expect(profile).toEqual({ id: ann.id, ...NOBODY, isContact: false });
  });

  test('see them leave groups, which pass on, and their names go from what was noted', async () => {
    const [ann, bob, eve] = await registerPeople(server, 'Annabel', 'Bob', 'Eve');
    const { id } = await groupOf(server, ann, bob);
    await inGroup(server, ann, id, 'POST', '/members', { userIds: [eve.id] });
    const other = await groupOf(server, bob, eve);
    await inGroup(server, bob, other.id, 'POST', '/members', { userIds: [ann.id] });
    const said = await send(server, ann, id, 'what she said');
    await ask(server, `/chats/${id}/messages`, {
      body: { clientId: 'answer', content: 'and the answer', replyToId: said.id },
      accessToken: bob.accessToken,
    });
    const client = await openClient(server, bob);
    await removeWholly(ann);
    const { members } = await ask<Group>(server, `/groups/${id}`, { accessToken: bob.accessToken });
    expect(members.map(({ user, role }: Member) => [user.displayName, role])).toEqual([
      ['Bob', 'owner'],
      ['Eve', 'member'],
    ]);
    await expectFresh(client, server, bob);
    for (const chat of [id, other.id]) {
      const { items } = await historyOf(server, bob, chat);
      expect(JSON.stringify(items)).not.toContain('Annabel');
      expect(JSON.stringify(client.store.messages(chat))).not.toContain('Annabel');
    }
    expect((await historyOf(server, bob, other.id)).items.map(({ content }: Message) => content)).toContain(
      'added Deleted user',
    );
  });

  test('who were away learn of it when they come back', async () => {
    const [ann, bob] = await registerPeople(server, 'Ann', 'Bob');
    const { id } = await directChat(server, ann, bob);
    await send(server, ann, id, 'words');
    const { accessToken } = bob;
    const held = await chatOf(server, bob, id);
    const { cursor } = await ask<SyncAnswer>(server, '/sync', { body: {}, accessToken });
    await removeWholly(ann);
    const body = { cursor, chats: { [id]: held.version } };
    const { chats } = await ask<SyncAnswer>(server, '/sync', { body, accessToken });
    expect(chats[id]?.chat).toMatchObject({ name: 'Deleted user' });
    expect(chats[id]?.chat?.members?.find(({ user }) => user.id === ann.id)?.user).toEqual({ id: ann.id, ...NOBODY });
  });

  test('do not see them in a group that they had to themselves: it has ended', async () => {
    const ann = await registerPerson(server);
    const { id } = await groupOf(server, ann);
    await removeWholly(ann);
    const [chat] = await inDatabase<{ member_count: number }>(server, 'SELECT member_count FROM chats WHERE id = $1', [
      id,
    ]);
    expect(chat).toEqual({ member_count: 0 });
  });
});

test('a deletion that was cut off goes on when the server comes back', async () => {
  const cut = await startServer();
  try {
    const [boss, ann, bob] = await registerPeople(cut, 'Boss', 'Ann', 'Bob');
    const group = await groupOf(cut, ann, bob, boss);
    const direct = await directChat(cut, ann, bob);
    // As it stands in the database between the two halves.
    await inDatabase(cut, 'UPDATE users SET deleted_at = now() WHERE id = $1', [ann.id]);
    await inDatabase(cut, 'INSERT INTO account_deletions (user_id) VALUES ($1)', [ann.id]);
    await cut.kill9();
    await cut.restart();
    await until(
      'the group was left',
      async () => (await ask<Group>(cut, `/groups/${group.id}`, { accessToken: bob.accessToken })).members.length === 2,
    );
    await until(
      'the chat is closed',
      async () => (await trySend(cut, bob, direct.id, { content: 'x' })).body.code === 'chat_closed',
    );
    await inDatabase(cut, `UPDATE account_deletions SET deleted_at = now() - interval '2 hours'`);
    await cut.kill9();
    await cut.restart();
    await until(
      'nothing is left to do',
      async () => (await inDatabase(cut, 'SELECT 1 FROM account_deletions')).length === 0,
    );
    expect(await inDatabase(cut, 'SELECT 1 FROM sessions WHERE user_id = $1', [ann.id])).toEqual([]);
  } finally {
    await cut.destroy();
  }
});

test('on every node connections end within a second, and the others see so', async () => {
  const cluster = await startNodes(2);
  try {
    const [one, two] = cluster.nodes;
    if (one === undefined || two === undefined) throw new Error('there are not two nodes');
    // The first of all is the administrator, who may not go.
    await registerPerson(one);
    const [ann, bob] = await registerPeople(one, 'Ann', 'Bob');
    const { id } = await directChat(one, ann, bob);
    const [hers, his] = [await openSocket(two, ann.accessToken), await openSocket(two, bob.accessToken)];
    // The other node knows her session, and remembers it.
    expect((await call(two, '/users/me', { accessToken: ann.accessToken })).status).toBe(200);
    const { password, accessToken } = ann;
    await ask(one, '/users/me', { method: 'DELETE', body: { password }, accessToken });
    const goneAt = performance.now();
    expect(await hers.first('session:ended')).toEqual({ reason: 'account_deleted' });
    expect(performance.now() - goneAt).toBeLessThan(1_000);
    expect(refused(await call(two, '/users/me', { accessToken }))).toEqual([401, 'session_ended']);
    expect(await his.first<User>('user:updated')).toEqual({ id: ann.id, ...NOBODY });
    await his.first<ChatUpdated>('chat:updated', ({ chatId }) => chatId === id);
    expect(refused(await trySend(two, bob, id, { content: 'x' }))).toEqual([403, 'chat_closed']);
  } finally {
    closeSockets();
    await cluster.destroy();
  }
});

/**
 * Whatever a table keeps by person is either taken away with the account, or stays for a reason that stands here. A new table or column
 * makes this fail: register a `DeletionPart`, or give the reason.
 */
describe('every table that says something about people', () => {
  const ERASED = [
    'blocks.blocked_id',
    'blocks.blocker_id',
    'contacts.contact_id',
    'contacts.user_id',
    'email_changes.user_id',
    'identities.user_id',
    'login_challenges.user_id',
    'passkey_challenges.user_id',
    'passkeys.user_id',
    'password_resets.user_id',
    'phone_changes.user_id',
    'privacy_settings.user_id',
    'recovery_codes.user_id',
    'totp_factors.user_id',
    'sso_flows.user_id',
    'user_presence.user_id',
    'username_reservations.user_id',
  ];
  const KEPT: Readonly<Record<string, string>> = {
    'account_deletions.user_id': 'until the account has been taken out of every chat',
    'audit_events.actor_id': 'the log can only be added to, and names people by id',
    'audit_events.subject_id': 'the log can only be added to, and names people by id',
    'chat_members.user_id': 'a direct chat has two members; a place in a group that was left lets others sync',
    'chats.created_by': 'an id that stands for nobody any more',
    'data_exports.user_id': 'says no more than how large an archive was; goes with the next one',
    'invites.invited_by': 'the invitation is somebody else’s',
    'messages.sender_id': 'what was written stays, as that of a deleted user',
    'position_journal.user_id': 'gone after five minutes',
    'sessions.user_id': 'ended and made anonymous at once, gone after an hour',
    'user_cursors.user_id': 'a counter',
  };
  /** Columns of `users` that say nothing once the others are made anonymous. */
  const ANONYMOUS = ['id', 'role', 'email_verified_at', 'suspended_at', 'created_at', 'deleted_at', 'language'];
  const OVERWRITTEN = [
    'email',
    'username',
    'display_name',
    'about',
    'avatar_url',
    'search_key',
    'password_hash',
    'phone',
    'phone_verified_at',
    'pronouns',
    'username_changed_at',
    'username_skeleton',
  ];

  test('is known to deletion', async () => {
    const columns = await inDatabase<{ name: string }>(
      server,
      `SELECT DISTINCT c.table_name || '.' || c.column_name AS name
       FROM information_schema.columns c
       LEFT JOIN information_schema.key_column_usage k
         ON k.table_name = c.table_name AND k.column_name = c.column_name AND k.table_schema = c.table_schema
       LEFT JOIN information_schema.referential_constraints r ON r.constraint_name = k.constraint_name
       LEFT JOIN information_schema.constraint_column_usage u ON u.constraint_name = r.unique_constraint_name
       WHERE c.table_schema = 'public' AND c.data_type = 'uuid' AND c.table_name <> 'users'
         AND (u.table_name = 'users' OR c.column_name ~ '(user|actor|subject|sender|owner|member|person|peer|block|invited|contact|creat)')`,
    );
    expect(columns.map(({ name }) => name).toSorted()).toEqual([...ERASED, ...Object.keys(KEPT)].toSorted());
  });

  test('loses what it kept', async () => {
    const ann = await registerPerson(server);
    await call(server, '/auth/forgot-password', { body: { email: ann.email } });
    await inDatabase(
      server,
      `INSERT INTO identities (id, issuer, subject, user_id, label) VALUES ($1, 'https://login.test', 'ann', $1, 'Ann')`,
      [ann.id],
    );
    await inDatabase(
      server,
      `INSERT INTO sso_flows (state_hash, browser_hash, secrets, next, user_id, session_id, expires_at)
       VALUES ('state', 'browser', 'secrets', '/', $1, $1, now())`,
      [ann.id],
    );
    const { accessToken } = ann;
    const bob = await registerPerson(server);
    await call(server, `/contacts/${bob.id}`, { method: 'PUT', accessToken });
    await call(server, `/contacts/${ann.id}`, { method: 'PUT', accessToken: bob.accessToken });
    await call(server, '/users/me/privacy', { method: 'PATCH', body: { email: 'contacts' }, accessToken });
    await call(server, '/users/me/username', { method: 'PUT', body: { username: `${ann.username}x` }, accessToken });
    for (const place of ERASED.filter((erased) => /^(contacts|privacy|username)/.test(erased))) {
      const [table, column] = place.split('.');
      const rows = await inDatabase(server, `SELECT 1 FROM ${table ?? ''} WHERE ${column ?? ''} = $1`, [ann.id]);
      expect([place, rows.length]).toEqual([place, 1]);
    }
    (await openSocket(server, accessToken)).close();
    await until(
      'she was seen',
      async () => (await inDatabase(server, 'SELECT 1 FROM user_presence WHERE user_id = $1', [ann.id])).length === 1,
    );
    await removeWholly(ann);
    for (const place of ERASED) {
      const [table, column] = place.split('.');
      const rows = await inDatabase(server, `SELECT 1 FROM ${table ?? ''} WHERE ${column ?? ''} = $1`, [ann.id]);
      expect([place, rows]).toEqual([place, []]);
    }
  });

  test('and so do its sessions', async () => {
    const NAMELESS = [
      'id',
      'user_id',
      'created_at',
      'last_used_at',
      'expires_at',
      'ended_at',
      'token_hash',
      'previous_token_hash',
      'rotated_at',
      'end_reason',
    ];
    const columns = await inDatabase<{ name: string }>(
      server,
      `SELECT column_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = 'sessions'`,
    );
    // A new column is either made empty by `SessionsRepository.anonymise`, or says nothing of anybody.
    expect(columns.map(({ name }) => name).toSorted()).toEqual(
      [...NAMELESS, 'user_agent', 'address', 'address_key', 'place', 'device_hash'].toSorted(),
    );
  });

  test('and the account itself', async () => {
    const columns = await inDatabase<{ name: string }>(
      server,
      `SELECT column_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = 'users'`,
    );
    expect(columns.map(({ name }) => name).toSorted()).toEqual([...ANONYMOUS, ...OVERWRITTEN].toSorted());
    const [ann] = await registerPeople(server, 'Ann');
    const columnsOf = async (): Promise<Record<string, unknown>> =>
      (await inDatabase(server, `SELECT ${OVERWRITTEN.join()} FROM users WHERE id = $1`, [ann.id]))[0] ?? {};
    const before = await columnsOf();
    await removeWholly(ann);
    const after = await columnsOf();
    for (const column of OVERWRITTEN) {
      const value = before[column];
      if (value !== '' && value !== null) expect([column, after[column]]).not.toEqual([column, value]);
    }
  });
});
