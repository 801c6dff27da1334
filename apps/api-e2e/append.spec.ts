import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Message, Problem } from '@chatr/contracts';
import pg from 'pg';
import { directChat, historyOf, registerPeople, send, trySend } from './support/chats.js';
import { databaseUrl } from './support/database.js';
import { startServer, type TestServer } from './support/server.js';
import { closeSockets, openSocket } from './support/sockets.js';

const PATIENCE_MS = 60_000;

let server: TestServer;
/** Somebody else who works in the database: another node that stopped in the middle, an operator at a prompt. */
let stranger: pg.Client;

beforeAll(async () => {
  server = await startServer();
  stranger = new pg.Client({ connectionString: databaseUrl(server) });
  await stranger.connect();
});

afterEach(async () => {
  closeSockets();
  await stranger.query('ROLLBACK');
});

afterAll(async () => {
  await stranger.end();
  await server.destroy();
});

const hold = async (chatId: string): Promise<void> => {
  await stranger.query('BEGIN');
  await stranger.query('SELECT 1 FROM chats WHERE id = $1 FOR UPDATE', [chatId]);
};

it(
  'passes by a chat that somebody holds locked: the others’ messages do not wait for it',
  async () => {
    const [ann, bob, cat] = await registerPeople(server, 'Ann', 'Bob', 'Cat');
    const held = await directChat(server, ann, bob);
    const others = [await directChat(server, ann, cat), await directChat(server, bob, cat)];
    const socket = await openSocket(server, ann.accessToken);
    await hold(held.id);
    const draft = (content: string): object => ({ chatId: held.id, clientId: randomUUID(), content });
    let answered = 0;
    const waiting = ['first', 'second', 'third'].map(async (content) => {
      await socket.tell('message:send', draft(content));
      answered += 1;
    });
    // Longer than the log waits for a lock, so that these come upon a chat that is known to be held.
    await sleep(1_500);
    for (let round = 0; round < 5; round++) {
      await Promise.all(others.map(({ id }, index) => send(server, index === 0 ? ann : bob, id, `round ${round}`)));
    }
    expect(answered).toBe(0);
    await stranger.query('COMMIT');
    await Promise.all(waiting);
    expect((await historyOf(server, bob, held.id)).items.map(({ content }) => content)).toEqual([
      'first',
      'second',
      'third',
    ]);
  },
  PATIENCE_MS,
);

it(
  'refuses for now, in order, what a chat that stays locked cannot take, and loses nothing of it',
  async () => {
    const [ann, bob] = await registerPeople(server, 'Ann', 'Bob');
    const { id: chatId } = await directChat(server, ann, bob);
    const socket = await openSocket(server, ann.accessToken);
    await hold(chatId);
    const drafts = ['first', 'second'].map((content) => ({ chatId, clientId: randomUUID(), content }));
    const refusals = await Promise.all(drafts.map((draft) => socket.refusal('message:send', draft)));
    expect(refusals).toEqual(['unavailable', 'unavailable']);
    await stranger.query('COMMIT');
    for (const draft of drafts) await socket.tell('message:send', draft);
    expect((await historyOf(server, bob, chatId)).items.map(({ content }) => content)).toEqual(['first', 'second']);
  },
  PATIENCE_MS,
);

it(
  'says that it is overloaded, and when to come again, rather than let more and more wait',
  async () => {
    const [ann, bob, cat] = await registerPeople(server, 'Ann', 'Bob', 'Cat');
    const { id: chatId } = await directChat(server, ann, bob);
    const { id: another } = await directChat(server, ann, cat);
    const socket = await openSocket(server, ann.accessToken);
    await hold(chatId);
    const drafts = Array.from({ length: 20_050 }, (_, index) => ({
      chatId,
      clientId: randomUUID(),
      content: String(index),
    }));
    const answers = drafts.map((draft) => socket.ask<{ message?: Message }>('message:send', draft));
    const refused = (await answers.at(-1))?.error;
    expect(['overloaded', 'send_again']).toContain(refused?.code);
    expect(refused?.retryAfter).toBe(1);
    const overREST = await trySend(server, ann, another, { content: 'me too' });
    expect([overREST.status, overREST.body.code, overREST.headers.get('retry-after')]).toEqual([
      503,
      'overloaded',
      '1',
    ]);
    await stranger.query('COMMIT');
    const settled = await Promise.all(answers);
    const stored = settled.flatMap(({ message }) => (message === undefined ? [] : [message]));
    expect(stored.map(({ seq }) => seq)).toEqual(Array.from({ length: stored.length }, (_, index) => index + 1));
    expect(stored.map(({ content }) => content)).toEqual(drafts.slice(0, stored.length).map(({ content }) => content));
    const codes = new Set(settled.slice(stored.length).map(({ error }) => (error as Problem).code));
    expect(codes).toEqual(new Set(['overloaded', 'send_again']));
    // What was refused goes in once it is sent again.
    const next = drafts[stored.length];
    const again = await socket.tell<{ message: Message }>('message:send', next);
    expect(again.message.seq).toBe(stored.length + 1);
  },
  PATIENCE_MS,
);

it('appends the good ones of a batch without a gap, whatever becomes of the others in it', async () => {
  const [ann, bob, cat] = await registerPeople(server, 'Ann', 'Bob', 'Cat');
  const own = await directChat(server, ann, bob);
  const foreign = await directChat(server, bob, cat);
  const socket = await openSocket(server, ann.accessToken);
  const known = { chatId: own.id, clientId: randomUUID(), content: 'known' };
  await socket.tell('message:send', known);
  const draft = (content: string, more: object = {}): object => ({
    chatId: own.id,
    clientId: randomUUID(),
    content,
    ...more,
  });
  // What comes over one connection at once goes into one batch.
  const drafts = [
    draft('one'),
    draft('not hers', { chatId: foreign.id }),
    draft('an answer to nothing', { replyToId: randomUUID() }),
    known,
    draft('two'),
  ];
  const answers = await Promise.all(
    drafts.map((each) => socket.ask<{ message?: Message; replayed?: boolean }>('message:send', each)),
  );
  expect(
    answers.map(({ error, message, replayed }) => error?.code ?? [message?.content, message?.seq, replayed]),
  ).toEqual([['one', 2, undefined], 'not_a_member', 'not_found', ['known', 1, true], ['two', 3, undefined]]);
  expect((await historyOf(server, bob, own.id)).items.map(({ content }) => content)).toEqual(['known', 'one', 'two']);
  expect(await historyOf(server, bob, foreign.id)).toMatchObject({ items: [] });
});

it(
  'takes what is sent faster than it can be written, in order, without refusing any of it',
  async () => {
    const [ann, bob] = await registerPeople(server, 'Ann', 'Bob');
    const { id: chatId } = await directChat(server, ann, bob);
    const [first, second] = [await openSocket(server, ann.accessToken), await openSocket(server, bob.accessToken)];
    const burst = (socket: typeof first, name: string): Promise<{ message: Message }>[] =>
      Array.from({ length: 6_000 }, (_, index) =>
        socket.tell<{ message: Message }>('message:send', {
          chatId,
          clientId: `${name}${index}`,
          content: `${name}${index}`,
        }),
      );
    const answers = [burst(first, 'ann'), burst(second, 'bob')];
    for (const answer of answers) {
      const seqs = (await Promise.all(answer)).map(({ message }) => message.seq);
      expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
    }
    const { items } = await historyOf(server, ann, chatId, 'limit=1');
    expect(items[0]?.seq).toBe(12_000);
  },
  PATIENCE_MS,
);
