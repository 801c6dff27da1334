import { randomUUID } from 'node:crypto';
import type { Chat, ChatChanges, ChatUpdated, Message, SyncAnswer } from '@chatr/contracts';
import {
  chatOf,
  directChat,
  type Group,
  groupOf,
  historyOf,
  inGroup,
  refused,
  registerPeople,
  send,
  trySend,
} from './support/chats.js';
import { ask, call } from './support/http.js';
import type { Person } from './support/people.js';
import { sharedServer } from './support/shared-server.js';
import { closeSockets, openSocket, type RawSocket } from './support/sockets.js';

const server = sharedServer();
let ann: Person;
let bob: Person;
let eve: Person;
let fay: Person;

beforeAll(async () => {
  [ann, bob, eve, fay] = await registerPeople(server, 'Ann', 'Bob', 'Eve', 'Fay');
});

afterEach(closeSockets);

const connect = ({ accessToken }: Person): Promise<RawSocket> => openSocket(server, accessToken);
const add = (actor: Person, id: string, ...people: Pick<Person, 'id'>[]): ReturnType<typeof inGroup> =>
  inGroup(server, actor, id, 'POST', '/members', { userIds: people.map((person) => person.id) });
const remove = (actor: Person, id: string, person: Person): ReturnType<typeof inGroup> =>
  inGroup(server, actor, id, 'DELETE', `/members/${person.id}`);
const rename = (actor: Person, id: string, name: unknown): ReturnType<typeof inGroup> =>
  inGroup(server, actor, id, 'PATCH', '', { name });
const leave = (actor: Person, id: string): ReturnType<typeof inGroup> => inGroup(server, actor, id, 'POST', '/leave');
const sync = ({ accessToken }: Person, body: object): Promise<SyncAnswer> =>
  ask(server, '/sync', { body, accessToken });
const texts = async (person: Person, id: string): Promise<string[]> =>
  (await historyOf(server, person, id)).items.filter(({ type }) => type === 'text').map(({ content }) => content);
const roles = ({ members }: Group): Record<string, string> =>
  Object.fromEntries(members.map(({ user, role }) => [user.displayName, role]));

/** What one member hears of a group after everything so far: a message from the owner ends it. */
async function upToNow(listener: RawSocket, owner: Person, id: string): Promise<void> {
  const marker = await send(server, owner, id, `marker ${randomUUID()}`);
  await listener.first<Message>('message:received', (message) => message.id === marker.id);
}

describe('a group', () => {
  it('belongs to whoever made it, and everybody in it sees it at once', async () => {
    const sockets = [await connect(bob), await connect(eve)];
    const { id } = await groupOf(server, ann, bob, eve);
    for (const socket of sockets) {
      expect(await socket.first<Chat>('chat:created', (chat) => chat.id === id)).toMatchObject({
        type: 'group',
        name: 'Group',
        role: 'member',
        memberCount: 3,
        unreadCount: 0,
      });
    }
    const { body } = await inGroup(server, bob, id, 'GET');
    expect(roles(body)).toEqual({ Ann: 'owner', Bob: 'member', Eve: 'member' });
  });

  it('may have its maker alone in it', async () => {
    const chat = await groupOf(server, ann);
    expect(chat).toMatchObject({ memberCount: 1, role: 'owner' });
    expect((await send(server, ann, chat.id, 'notes')).status).toBe('sent');
  });

  it('gets a new name, and everybody hears of it', async () => {
    const { id } = await groupOf(server, ann, bob);
    const his = await connect(bob);
    expect((await rename(ann, id, '  Über uns 🎉 ')).body.name).toBe('Über uns 🎉');
    expect(await his.first<ChatUpdated>('chat:updated')).toMatchObject({ chatId: id, name: 'Über uns 🎉' });
    const { system } = await his.first<Message>('message:received', ({ type }) => type === 'system');
    expect(system).toEqual({ kind: 'renamed', actorId: ann.id, name: 'Über uns 🎉' });
    // Saying the same again changes nothing.
    const { version } = await chatOf(server, bob, id);
    await rename(ann, id, 'Über uns 🎉');
    expect((await chatOf(server, bob, id)).version).toBe(version);
  });

  it.each(['', '   ', 'x'.repeat(101), 'a\u0000b', 'a\nb', 7, null])('is not renamed to %j', async (name) => {
    const { id } = await groupOf(server, ann);
    expect(refused(await rename(ann, id, name))).toEqual([400, 'validation_failed']);
  });

  it('does not take in the unknown, nobody, or too much', async () => {
    const { id } = await groupOf(server, ann, bob);
    expect(refused(await add(ann, id, { id: randomUUID() }))).toEqual([404, 'not_found']);
    expect(refused(await add(ann, id, { id: randomUUID() }, eve))).toEqual([404, 'not_found']);
    expect(refused(await add(ann, id))).toEqual([400, 'validation_failed']);
    expect(refused(await add(ann, id, eve, eve))).toEqual([400, 'validation_failed']);
    expect((await chatOf(server, ann, id)).memberCount).toBe(2);
  });

  it('is no direct chat, and a direct chat is no group', async () => {
    const { id } = await directChat(server, ann, bob);
    const answers = [
      await inGroup(server, ann, id, 'GET'),
      await add(ann, id, eve),
      await remove(ann, id, bob),
      await rename(ann, id, 'Ours'),
      await leave(ann, id),
    ];
    for (const answer of answers)
      expect([answer.status, answer.body.code]).toEqual([expect.any(Number), expect.any(String)]);
    expect(answers.every(({ status }) => status === 404 || status === 403)).toBe(true);
    expect((await chatOf(server, ann, id)).memberCount).toBe(2);
  });

  it('is led by its owner: members may neither rename it nor let people in or go', async () => {
    const { id } = await groupOf(server, ann, bob, eve);
    for (const [member, code] of [
      [bob, 'forbidden'],
      [fay, 'not_a_member'],
    ] as const) {
      expect(refused(await rename(member, id, 'Mine'))).toEqual([403, code]);
      expect(refused(await add(member, id, fay))).toEqual([403, code]);
      expect(refused(await remove(member, id, eve))).toEqual([403, code]);
      expect(refused(await remove(member, id, ann))).toEqual([403, code]);
    }
    expect(refused(await remove(ann, id, fay))).toEqual([404, 'not_found']);
    expect(await chatOf(server, ann, id)).toMatchObject({ name: 'Group', memberCount: 3 });
  });

  it('has somebody in it once whom two requests let in at the same moment', async () => {
    const { id } = await groupOf(server, ann, bob);
    const his = await connect(bob);
    await Promise.all([add(ann, id, eve), add(ann, id, eve, fay), add(ann, id, fay), add(ann, id, eve)]);
    const { body } = await inGroup(server, ann, id, 'GET');
    expect([body.memberCount, body.members.length]).toEqual([4, 4]);
    await upToNow(his, ann, id);
    const joined = his
      .all<ChatUpdated>('chat:updated')
      .flatMap(({ members = [] }) => members.map(({ user }) => user.id));
    expect(joined.toSorted()).toEqual([eve.id, fay.id].toSorted());
  });

  it('goes to the member who is there longest when its owner leaves, and stays with the last', async () => {
    const { id } = await groupOf(server, ann, bob);
    await add(ann, id, eve);
    const hers = await connect(eve);
    expect((await leave(ann, id)).status).toBe(204);
    expect(roles((await inGroup(server, eve, id, 'GET')).body)).toEqual({ Bob: 'owner', Eve: 'member' });
    const promotion = await hers.first<ChatUpdated>('chat:updated', ({ members }) => members?.[0]?.role === 'owner');
    expect(promotion.members?.[0]?.user.id).toBe(bob.id);
    expect(refused(await leave(ann, id))).toEqual([403, 'not_a_member']);
    expect((await leave(bob, id)).status).toBe(204);
    expect(roles((await inGroup(server, eve, id, 'GET')).body)).toEqual({ Eve: 'owner' });
    expect((await leave(eve, id)).status).toBe(204);
    expect(refused(await inGroup(server, eve, id, 'GET'))).toEqual([403, 'not_a_member']);
  });

  it('tells its changes in versions without a gap', async () => {
    const { id } = await groupOf(server, ann, bob);
    const his = await connect(bob);
    await rename(ann, id, 'One');
    await add(ann, id, eve);
    await Promise.all([send(server, ann, id, 'x'), add(ann, id, fay), rename(ann, id, 'Two'), remove(ann, id, eve)]);
    await leave(fay, id);
    await upToNow(his, ann, id);
    const versions = his.heard.flatMap(({ event, payload }) =>
      event === 'chat:updated' || event === 'message:received' ? [(payload as { version: number }).version] : [],
    );
    const { version } = await chatOf(server, bob, id);
    expect(versions).toEqual(Array.from({ length: version - 1 }, (_, index) => index + 2));
  });
});

describe('a newcomer', () => {
  it('sees only what is said from then on, however they ask', async () => {
    const { id } = await groupOf(server, ann, bob);
    const before = await send(server, ann, id, 'before');
    const socket = await connect(eve);
    await add(ann, id, eve);
    const created = await socket.first<Chat>('chat:created');
    expect(created).toMatchObject({ id, unreadCount: 0, lastReadSeq: before.seq, firstSeq: before.seq + 1 });
    const { body: answer } = await trySend(server, bob, id, { content: 'answer', replyToId: before.id });
    const heard = await socket.first<Message>('message:received', (message) => message.id === answer.id);
    expect(heard.replyTo).toEqual({ seq: before.seq });

    for (const query of ['limit=100', 'after=0', 'before=99', `around=${before.seq}`, `before=${before.seq + 1}`]) {
      const { items } = await historyOf(server, eve, id, query);
      expect(items.every(({ seq }) => seq > before.seq)).toBe(true);
    }
    const answered = (await historyOf(server, eve, id)).items.find((message) => message.id === answer.id);
    expect(answered?.replyTo).toEqual({ seq: before.seq });
    for (const version of [0, before.version - 1, before.version]) {
      const { chats } = await sync(eve, { chats: { [id]: version } });
      const changes = chats[id] as ChatChanges;
      expect(changes.items.every(({ seq }) => seq > before.seq)).toBe(true);
      expect(JSON.stringify(changes)).not.toContain('"before"');
    }
    expect(refused(await trySend(server, eve, id, { content: 'x', replyToId: before.id }))).toEqual([404, 'not_found']);
    const { accessToken } = eve;
    expect((await call(server, `/messages/${before.id}/edits`, { accessToken })).status).toBe(404);
    const edit = { method: 'PATCH', body: { content: 'x' }, accessToken } as const;
    expect((await call(server, `/messages/${before.id}`, edit)).status).toBe(404);
    expect((await chatOf(server, eve, id)).unreadCount).toBe(1);

    // An edit of what was said before says nothing to them either.
    await ask(server, `/messages/${before.id}`, { ...edit, body: { content: 'secret' }, accessToken: ann.accessToken });
    const after = await send(server, ann, id, 'after');
    await socket.first<Message>('message:received', (message) => message.id === after.id);
    expect(JSON.stringify(socket.heard)).not.toContain('secret');
  });

  it('who was in it before begins anew, and without what was said meanwhile', async () => {
    const { id } = await groupOf(server, ann, bob, eve);
    await send(server, ann, id, 'together');
    const { version } = await chatOf(server, eve, id);
    const { cursor } = await sync(eve, {});
    await remove(ann, id, eve);
    await send(server, ann, id, 'without her');
    expect((await sync(eve, { cursor, chats: { [id]: version } })).left).toEqual([id]);
    await add(ann, id, eve);
    await send(server, ann, id, 'welcome back');
    const { chats, joined } = await sync(eve, { cursor, chats: { [id]: version } });
    expect(chats[id]?.limited).toBe(true);
    expect(joined.map((chat) => chat.id)).toEqual([id]);
    expect(await texts(eve, id)).toEqual(['welcome back']);
    expect(await texts(bob, id)).toEqual(['together', 'without her', 'welcome back']);
    expect((await chatOf(server, eve, id)).unreadCount).toBe(1);
  });
});

describe('somebody who was removed', () => {
  it('is told so, and hears nothing afterwards', async () => {
    const { id } = await groupOf(server, ann, bob, eve);
    const message = await send(server, ann, id, 'still here');
    const [phone, laptop, his] = [await connect(eve), await connect(eve), await connect(bob)];
    await remove(ann, id, eve);
    for (const device of [phone, laptop]) {
      expect(await device.first('chat:removed')).toEqual({ chatId: id, reason: 'removed' });
    }
    await his.tell('typing:start', { chatId: id });
    await send(server, bob, id, 'gossip');
    await his.tell('message:read', { chatId: id, seq: message.seq });
    const edit = { method: 'PATCH', body: { content: 'edited' }, accessToken: ann.accessToken } as const;
    await ask(server, `/messages/${message.id}`, edit);
    await rename(ann, id, 'Without Eve');
    await upToNow(his, ann, id);
    // What was told before comes before: a message elsewhere shows that all of it would have come.
    const { id: elsewhere } = await directChat(server, ann, eve);
    const last = await send(server, ann, elsewhere, 'elsewhere');
    for (const device of [phone, laptop]) {
      await device.first<Message>('message:received', (received) => received.id === last.id);
      const removedAt = device.heard.findIndex(({ event }) => event === 'chat:removed');
      expect(JSON.stringify(device.heard.slice(removedAt + 1))).not.toContain(id);
    }
  });

  it('can neither speak nor read there any more', async () => {
    const { id } = await groupOf(server, ann, eve);
    await send(server, ann, id, 'hello');
    const message = await send(server, eve, id, 'mine');
    const socket = await connect(eve);
    await remove(ann, id, eve);
    await socket.first('chat:removed');
    const draft = { chatId: id, clientId: randomUUID(), content: 'x' };
    for (const [event, payload] of [
      ['message:send', draft],
      ['typing:start', { chatId: id }],
      ['message:read', { chatId: id, seq: 1 }],
      ['message:read', message.id],
      ['message:delivered', { chatId: id, seq: 1 }],
      ['message:edit', { messageId: message.id, content: 'x' }],
      ['message:unsend', { messageId: message.id }],
    ] as const) {
      expect([event, await socket.refusal(event, payload)]).toEqual([event, 'not_a_member']);
    }
    const { accessToken } = eve;
    for (const path of [`/chats/${id}`, `/chats/${id}/messages`, `/groups/${id}`, `/messages/${message.id}/edits`]) {
      expect(refused(await call(server, path, { accessToken }))).toEqual([403, 'not_a_member']);
    }
    const { items } = await ask<{ items: Chat[] }>(server, '/chats', { accessToken });
    expect(items.map((chat) => chat.id)).not.toContain(id);
  });
});
