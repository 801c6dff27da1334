import type { Message, MessageStatusEvent } from '@chatr/contracts';
import { chatOf, directChat, groupOf, historyOf, inGroup, registerPeople, send } from './support/chats.js';
import { ask } from './support/http.js';
import type { Person } from './support/people.js';
import { sharedServer } from './support/shared-server.js';
import { closeSockets, openSocket, type RawSocket } from './support/sockets.js';

const server = sharedServer();
let ann: Person;
let bob: Person;
let eve: Person;

beforeAll(async () => {
  [ann, bob, eve] = await registerPeople(server, 'Ann', 'Bob', 'Eve');
});

afterEach(closeSockets);

const connect = ({ accessToken }: Person): Promise<RawSocket> => openSocket(server, accessToken);

/** How far somebody has come, as another member sees it. */
async function positionOf(person: Person, viewer: Person, chatId: string): Promise<[number, number] | undefined> {
  const { members } = await chatOf(server, viewer, chatId);
  const member = members?.find(({ user }) => user.id === person.id);
  return member && [member.deliveredSeq, member.readSeq];
}

async function newChat(count: number): Promise<{ id: string; messages: Message[] }> {
  const { id } = await groupOf(server, ann, bob);
  const messages: Message[] = [];
  for (let number = 1; number <= count; number++) messages.push(await send(server, ann, id, `message ${number}`));
  return { id, messages };
}

/** The status of each of Ann's messages, as she sees it. */
const statuses = async (chatId: string): Promise<(string | undefined)[]> =>
  (await historyOf(server, ann, chatId)).items.filter(({ type }) => type === 'text').map(({ status }) => status);

test('positions only grow, end at the newest message, and reading means having received', async () => {
  const { id, messages } = await newChat(5);
  const seq = (index: number): number => messages[index]?.seq ?? 0;
  const his = await connect(bob);
  await his.tell('message:delivered', { chatId: id, seq: seq(1) });
  expect(await positionOf(bob, ann, id)).toEqual([seq(1), 0]);
  await his.tell('message:delivered', { chatId: id, seq: seq(0) });
  expect(await positionOf(bob, ann, id)).toEqual([seq(1), 0]);
  await his.tell('message:read', { chatId: id, seq: seq(2) });
  expect(await positionOf(bob, ann, id)).toEqual([seq(2), seq(2)]);
  await his.tell('message:read', { chatId: id, seq: seq(1) });
  await his.tell('message:read', { chatId: id, seq: 0 });
  expect(await positionOf(bob, ann, id)).toEqual([seq(2), seq(2)]);
  await his.tell('message:delivered', { chatId: id, seq: Number.MAX_SAFE_INTEGER });
  expect(await positionOf(bob, ann, id)).toEqual([seq(4), seq(2)]);
  await his.tell('message:read', { chatId: id, seq: 1_000_000 });
  expect(await positionOf(bob, ann, id)).toEqual([seq(4), seq(4)]);
  const next = await send(server, ann, id, 'next');
  expect((await chatOf(server, bob, id)).unreadCount).toBe(1);
  expect(await positionOf(bob, ann, id)).toEqual([next.seq - 1, next.seq - 1]);
});

test('the highest of many positions at once counts', async () => {
  const { id, messages } = await newChat(10);
  const his = await connect(bob);
  const tells = messages.flatMap(({ seq }) => [
    his.tell('message:read', { chatId: id, seq }),
    his.tell('message:delivered', { chatId: id, seq }),
    ask(server, `/chats/${id}/read`, { body: { seq }, accessToken: bob.accessToken }),
  ]);
  await Promise.all(tells.toReversed());
  const head = messages.at(-1)?.seq;
  expect(await positionOf(bob, ann, id)).toEqual([head, head]);
});

test('who writes has read what is there', async () => {
  const { id } = await newChat(3);
  const answer = await send(server, bob, id, 'answer');
  expect(await positionOf(bob, ann, id)).toEqual([answer.seq, answer.seq]);
  expect(await statuses(id)).toEqual(['read', 'read', 'read', undefined]);
  expect((await chatOf(server, bob, id)).unreadCount).toBe(0);
});

test('a message is read by its id, and so is everything before it', async () => {
  const { id, messages } = await newChat(3);
  const [his, hers] = [await connect(bob), await connect(ann)];
  await his.tell('message:read', messages[1]?.id);
  expect(await hers.first<MessageStatusEvent>('message:status')).toEqual({
    chatId: id,
    userId: bob.id,
    status: 'read',
    seq: messages[1]?.seq,
    messageId: messages[1]?.id,
  });
  expect(await statuses(id)).toEqual(['read', 'read', 'sent']);
});

test('the sender’s ticks go from sent to delivered to read, live and in the history', async () => {
  const { id } = await directChat(server, ann, bob);
  const hers = await connect(ann);
  const message = await send(server, ann, id, 'hello');
  const mine = ({ messageId }: MessageStatusEvent): boolean => messageId === message.id;
  const shown = async (): Promise<(string | undefined)[]> => [
    (await historyOf(server, ann, id)).items.at(-1)?.status,
    (await chatOf(server, ann, id)).lastMessage?.status,
  ];
  expect(await shown()).toEqual(['sent', 'sent']);
  const his = await connect(bob);
  await his.tell('message:delivered', { chatId: id, seq: message.seq });
  expect(await hers.first<MessageStatusEvent>('message:status', mine)).toMatchObject({
    status: 'delivered',
    userId: bob.id,
  });
  expect(await shown()).toEqual(['delivered', 'delivered']);
  await ask(server, `/chats/${id}/read`, { body: { seq: message.seq }, accessToken: bob.accessToken });
  await hers.first<MessageStatusEvent>('message:status', (event) => mine(event) && event.status === 'read');
  expect(await shown()).toEqual(['read', 'read']);
  // Nobody else is told how far one’s own message has come.
  expect((await historyOf(server, bob, id)).items.at(-1)).not.toHaveProperty('status');
});

test('a position that stays is not told again', async () => {
  const { id, messages } = await newChat(2);
  const [his, hers] = [await connect(bob), await connect(ann)];
  const [first, second] = messages.map(({ seq }) => seq);
  for (const seq of [first, first, 0, first, second]) await his.tell('message:read', { chatId: id, seq });
  await hers.first<MessageStatusEvent>('message:status', ({ seq }) => seq === second);
  expect(hers.all<MessageStatusEvent>('message:status').map(({ seq }) => seq)).toEqual([first, second]);
});

test('reading on one device reads on the others, also on those that come back later', async () => {
  const { id, messages } = await newChat(3);
  const { cursor } = await ask<{ cursor: string }>(server, '/sync', { body: {}, accessToken: bob.accessToken });
  const [phone, laptop] = [await connect(bob), await connect(bob)];
  const head = messages.at(-1)?.seq;
  await phone.tell('message:read', { chatId: id, seq: head });
  expect(await laptop.first('message:status')).toMatchObject({ chatId: id, userId: bob.id, status: 'read', seq: head });
  const { joined } = await ask<{ joined: object[] }>(server, '/sync', {
    body: { cursor },
    accessToken: bob.accessToken,
  });
  expect(joined).toEqual([expect.objectContaining({ id, lastReadSeq: head, unreadCount: 0 })]);
});

test('a group’s tick is that of its slowest member, of those who were there', async () => {
  const { id } = await groupOf(server, ann, bob, eve);
  const message = await send(server, ann, id, 'all');
  const [his, hers] = [await connect(bob), await connect(eve)];
  await his.tell('message:read', { chatId: id, seq: message.seq });
  expect(await statuses(id)).toEqual(['sent']);
  await hers.tell('message:delivered', { chatId: id, seq: message.seq });
  expect(await statuses(id)).toEqual(['delivered']);
  await hers.tell('message:read', { chatId: id, seq: message.seq });
  expect(await statuses(id)).toEqual(['read']);
  // Who comes later, or has gone, holds nothing up.
  const [fay] = await registerPeople(server, 'Fay');
  await inGroup(server, ann, id, 'POST', '/members', { userIds: [fay.id] });
  expect(await statuses(id)).toEqual(['read']);
  const later = await send(server, ann, id, 'later');
  await his.tell('message:read', { chatId: id, seq: later.seq });
  await hers.tell('message:read', { chatId: id, seq: later.seq });
  expect(await statuses(id)).toEqual(['read', 'sent']);
  await inGroup(server, ann, id, 'DELETE', `/members/${fay.id}`);
  expect(await statuses(id)).toEqual(['read', 'read']);
});

test('nobody outside a chat hears how far its members have come', async () => {
  const { id, messages } = await newChat(1);
  const [his, outside] = [await connect(bob), await connect(eve)];
  await his.tell('message:read', { chatId: id, seq: messages[0]?.seq });
  const { id: theirs } = await directChat(server, ann, eve);
  const last = await send(server, ann, theirs, 'last');
  await outside.first<Message>('message:received', (message) => message.id === last.id);
  expect(JSON.stringify(outside.heard)).not.toContain(id);
  expect(await outside.refusal('message:read', messages[0]?.id)).toBe('not_a_member');
});
