import { randomUUID } from 'node:crypto';
import type { Message } from '@chatr/contracts';
import {
  chatOf,
  directChat,
  groupOf,
  historyOf,
  inGroup,
  refused,
  type Refusal,
  registerPeople,
  send,
  trySend,
} from './support/chats.js';
import { until } from './support/clients.js';
import { type Answer, ask, call } from './support/http.js';
import type { Person } from './support/people.js';
import { sharedServer } from './support/shared-server.js';
import { closeSockets, openSocket, type RawSocket } from './support/sockets.js';

interface Sent {
  message: Message;
  replayed?: boolean;
}

const server = sharedServer();
let ann: Person;
let bob: Person;
let eve: Person;
let chatId: string;

beforeAll(async () => {
  [ann, bob, eve] = await registerPeople(server, 'Ann', 'Bob', 'Eve');
  chatId = (await directChat(server, ann, bob)).id;
});

afterEach(closeSockets);

const connect = ({ accessToken }: Person): Promise<RawSocket> => openSocket(server, accessToken);
const edit = ({ accessToken }: Person, id: string, content: string): Promise<Answer<Message & Refusal>> =>
  call(server, `/messages/${id}`, { method: 'PATCH', body: { content }, accessToken });
const unsend = ({ accessToken }: Person, id: string): Promise<Answer<Message & Refusal>> =>
  call(server, `/messages/${id}`, { method: 'DELETE', accessToken });
const countUp = (to: number): number[] => Array.from({ length: to }, (_, index) => index + 1);

describe('the same message sent again', () => {
  it('from two devices at once is one message', async () => {
    const devices = [await connect(ann), await connect(ann)];
    const hers = await connect(bob);
    const draft = { chatId, clientId: randomUUID(), content: 'once' };
    const answers = await Promise.all([0, 1, 0, 1].map((device) => devices[device]!.tell<Sent>('message:send', draft)));
    const ids = answers.map(({ message }) => message.id);
    expect(new Set(ids).size).toBe(1);
    expect(answers.filter(({ replayed }) => replayed === true)).toHaveLength(3);
    const after = await send(server, ann, chatId, 'after');
    await hers.first<Message>('message:received', ({ id }) => id === after.id);
    expect(hers.all<Message>('message:received').map(({ content }) => content)).toEqual(['once', 'after']);
  });

  it('with another text stays what it was first', async () => {
    const clientId = randomUUID();
    const first = await trySend(server, ann, chatId, { clientId, content: 'first' });
    const second = await trySend(server, ann, chatId, { clientId, content: 'second', replyToId: randomUUID() });
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.body).toEqual(first.body);
    const again = await (await connect(ann)).tell<Sent>('message:send', { chatId, clientId, content: 'third' });
    expect(again).toMatchObject({ replayed: true, message: { id: first.body.id, content: 'first' } });
  });

  it('is another message when somebody else sends it, or when it goes to another chat', async () => {
    const clientId = randomUUID();
    const { id: other } = await directChat(server, ann, eve);
    const sent = [
      await trySend(server, ann, chatId, { clientId, content: 'mine' }),
      await trySend(server, bob, chatId, { clientId, content: 'his' }),
      await trySend(server, ann, other, { clientId, content: 'elsewhere' }),
    ];
    expect(sent.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(sent.map(({ body }) => body.id)).size).toBe(3);
  });

  it('is answered even to somebody who has been removed since', async () => {
    const { id } = await groupOf(server, ann, bob);
    const clientId = randomUUID();
    const first = await trySend(server, bob, id, { clientId, content: 'before I went' });
    expect((await inGroup(server, ann, id, 'DELETE', `/members/${bob.id}`)).status).toBe(204);
    const again = await trySend(server, bob, id, { clientId, content: 'before I went' });
    expect([again.status, again.body.id]).toEqual([200, first.body.id]);
    const draft = { chatId: id, clientId, content: 'before I went' };
    expect((await (await connect(bob)).tell<Sent>('message:send', draft)).replayed).toBe(true);
    expect(refused(await trySend(server, bob, id, { content: 'after' }))).toEqual([403, 'not_a_member']);
  });

  it('shows the text as it stands after an edit', async () => {
    const clientId = randomUUID();
    const { body } = await trySend(server, ann, chatId, { clientId, content: 'draft' });
    await edit(ann, body.id, 'final');
    expect((await trySend(server, ann, chatId, { clientId, content: 'draft' })).body.content).toBe('final');
  });
});

test('the first message to somebody opens the chat with them', async () => {
  const [gil, hal] = await registerPeople(server, 'Gil', 'Hal');
  const [his, hers] = [await connect(gil), await connect(hal)];
  const draft = { recipientId: hal.id, content: 'hello' };
  const sends = ['1', '2', '3'].map((clientId) => his.tell<Sent>('message:send', { ...draft, clientId }));
  const seqs = (await Promise.all(sends)).map(({ message }) => message.seq);
  expect(seqs).toEqual([1, 2, 3]);
  const { id } = await hers.first<{ id: string }>('chat:created');
  await hers.first<Message>('message:received', ({ seq }) => seq === 3);
  expect((await directChat(server, hal, gil)).id).toBe(id);
  expect(await his.refusal('message:send', { ...draft, clientId: '4', recipientId: gil.id })).toBe('validation_failed');
  expect(await his.refusal('message:send', { ...draft, clientId: '5', recipientId: randomUUID() })).toBe('not_found');
});

describe('an answer', () => {
  it('shows the beginning of what it answers', async () => {
    const question = await send(server, ann, chatId, `question ${'?'.repeat(300)}`);
    const { body } = await trySend(server, bob, chatId, { content: 'answer', replyToId: question.id });
    expect(body.replyTo).toMatchObject({ id: question.id, seq: question.seq, senderId: ann.id });
    expect(question.content.startsWith(body.replyTo?.content ?? 'nothing')).toBe(true);
    expect((await historyOf(server, ann, chatId)).items.at(-1)?.replyTo).toEqual(body.replyTo);
  });

  it('shows no more of a message that was unsent', async () => {
    const question = await send(server, ann, chatId, 'secret');
    await trySend(server, bob, chatId, { content: 'answer', replyToId: question.id });
    await unsend(ann, question.id);
    expect((await historyOf(server, bob, chatId)).items.at(-1)?.replyTo?.content ?? '').toBe('');
  });

  it('is not given to what is elsewhere, or nowhere', async () => {
    const { id: elsewhere } = await directChat(server, ann, eve);
    const foreign = await send(server, ann, elsewhere, 'elsewhere');
    for (const replyToId of [foreign.id, randomUUID()]) {
      const answer = await trySend(server, ann, chatId, { content: 'answer', replyToId });
      expect(refused(answer)).toEqual([404, 'not_found']);
    }
  });
});

describe('an edit', () => {
  it('is a new version of the message under its number, and what it said before is kept', async () => {
    const hers = await connect(bob);
    const message = await send(server, ann, chatId, 'one');
    expect((await edit(ann, message.id, 'two')).body).toMatchObject({ content: 'two', seq: message.seq });
    const { body } = await edit(ann, message.id, 'three');
    expect(body.version).toBe(message.version + 2);
    expect(body.editedAt).toBeDefined();
    expect(await hers.first<Message>('message:edited', ({ content }) => content === 'three')).toMatchObject({
      id: message.id,
      version: body.version,
    });
    const { items } = await ask<{ items: { content: string }[] }>(server, `/messages/${message.id}/edits`, {
      accessToken: bob.accessToken,
    });
    expect(items.map(({ content }) => content)).toEqual(['one', 'two']);
    expect((await chatOf(server, bob, chatId)).lastMessage).toMatchObject({ content: 'three', seq: message.seq });
  });

  it('is for the sender alone', async () => {
    const message = await send(server, ann, chatId, 'mine');
    expect(refused(await edit(bob, message.id, 'his'))).toEqual([403, 'forbidden']);
    const his = await connect(bob);
    expect(await his.refusal('message:edit', { messageId: message.id, content: 'his' })).toBe('forbidden');
    expect(await his.refusal('message:unsend', { messageId: message.id })).toBe('forbidden');
    expect(await his.refusal('message:edit', { messageId: randomUUID(), content: 'x' })).toBe('not_found');
    expect((await historyOf(server, bob, chatId)).items.at(-1)).toMatchObject({ content: 'mine' });
  });

  it('does not change what the server wrote', async () => {
    const { id } = await groupOf(server, ann, bob);
    await inGroup(server, ann, id, 'PATCH', '', { name: 'Renamed' });
    const [note] = (await historyOf(server, ann, id)).items;
    expect(note?.type).toBe('system');
    expect(refused(await edit(ann, note?.id ?? '', 'x'))).toEqual([403, 'forbidden']);
    expect(refused(await unsend(ann, note?.id ?? ''))).toEqual([403, 'forbidden']);
  });
});

describe('unsending', () => {
  it('leaves the number, and nothing of what was said', async () => {
    const his = await connect(bob);
    const message = await send(server, ann, chatId, 'regretted');
    await edit(ann, message.id, 'regretted more');
    const { status, body } = await unsend(ann, message.id);
    expect([status, body.content, body.seq]).toEqual([200, '', message.seq]);
    expect(await his.first<Message>('message:unsent')).toMatchObject({
      id: message.id,
      content: '',
      version: body.version,
    });
    expect((await historyOf(server, bob, chatId)).items.at(-1)).toMatchObject({ id: message.id, content: '' });
    const edits = await ask<{ items: unknown[] }>(server, `/messages/${message.id}/edits`, {
      accessToken: bob.accessToken,
    });
    expect(edits.items).toEqual([]);
  });

  it('happens once, and the message cannot be edited any more', async () => {
    const message = await send(server, ann, chatId, 'gone');
    const first = await unsend(ann, message.id);
    expect((await unsend(ann, message.id)).body.version).toBe(first.body.version);
    expect(refused(await edit(ann, message.id, 'back'))).toEqual([409, 'conflict']);
    expect(refused(await unsend(bob, message.id))).toEqual([403, 'forbidden']);
  });
});

describe('the order', () => {
  it('of eight people who send fifty messages each at once has no gaps, and each of them keeps theirs', async () => {
    const senders = await registerPeople(server, 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H');
    const { id } = await groupOf(server, ann, ...senders);
    const listener = await connect(ann);
    const sockets = await Promise.all(senders.map(connect));
    const sending = sockets.flatMap((socket, sender) =>
      countUp(50).map((number) =>
        socket.tell<Sent>('message:send', {
          chatId: id,
          clientId: `${sender}.${number}`,
          content: `${sender} ${number}`,
        }),
      ),
    );
    await Promise.all(sending);
    await listener.first<Message>('message:received', ({ seq }) => seq === 400);
    const heard = listener.all<Message>('message:received');
    expect(heard.map(({ seq }) => seq)).toEqual(countUp(400));
    expect(heard.map(({ version }) => version)).toEqual(countUp(400).map((seq) => seq + 1));
    for (const [sender, { id: senderId }] of senders.entries()) {
      const own = heard.filter((message) => message.senderId === senderId).map(({ content }) => content);
      expect(own).toEqual(countUp(50).map((number) => `${sender} ${number}`));
    }
    // Each sender heard the others' messages in the same order.
    const expected = heard.filter(({ senderId }) => senderId !== senders[0].id).map(({ seq }) => seq);
    await sockets[0]?.first<Message>('message:received', ({ seq }) => seq === expected.at(-1));
    expect(sockets[0]?.all<Message>('message:received').map(({ seq }) => seq)).toEqual(expected);
    const pages = [
      await historyOf(server, ann, id, 'after=0&limit=100'),
      await historyOf(server, ann, id, 'after=300&limit=100'),
    ];
    expect(pages.flatMap(({ items }) => items.map(({ seq }) => seq))).toEqual([
      ...countUp(100),
      ...countUp(100).map((seq) => seq + 300),
    ]);
    expect(pages.map(({ hasMore }) => hasMore)).toEqual([true, false]);
  });

  it('of two hundred messages that one device sends without waiting is the order of sending', async () => {
    const [gil, hal] = await registerPeople(server, 'Gil', 'Hal');
    const { id } = await directChat(server, gil, hal);
    const [his, hers] = [await connect(gil), await connect(hal)];
    const answers = await Promise.all(
      countUp(200).map((number) =>
        his.tell<Sent>('message:send', { chatId: id, clientId: `${number}`, content: `message ${number}` }),
      ),
    );
    expect(answers.map(({ message }) => message.seq)).toEqual(countUp(200));
    await hers.first<Message>('message:received', ({ seq }) => seq === 200);
    const texts = countUp(200).map((number) => `message ${number}`);
    expect(hers.all<Message>('message:received').map(({ content }) => content)).toEqual(texts);
    expect(his.all<Message>('message:sent').map(({ content }) => content)).toEqual(texts);
  });

  it('of changes of all kinds is that of their versions', async () => {
    const { id } = await groupOf(server, ann, bob, eve);
    const listener = await connect(eve);
    const his = await connect(bob);
    await Promise.all(
      countUp(20).map(async (number) => {
        const content = `message ${number}`;
        const { message } = await his.tell<Sent>('message:send', { chatId: id, clientId: `${number}`, content });
        if (number % 2 === 0) await his.tell('message:edit', { messageId: message.id, content: `edited ${number}` });
        if (number % 5 === 0) await his.tell('message:unsend', { messageId: message.id });
        if (number % 7 === 0) await inGroup(server, ann, id, 'PATCH', '', { name: `Name ${number}` });
      }),
    );
    const { version } = await chatOf(server, eve, id);
    await until('the last change has come', () => versionsHeard(listener).at(-1) === version);
    expect(versionsHeard(listener)).toEqual(countUp(version).slice(1));
  });
});

function versionsHeard(socket: RawSocket): number[] {
  const versioned = /^(message:(received|edited|unsent)|chat:updated)$/;
  return socket.heard
    .filter(({ event }) => versioned.test(event))
    .map(({ payload }) => (payload as { version: number }).version);
}
