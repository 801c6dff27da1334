import { randomUUID } from 'node:crypto';
import type { Message, SyncAnswer } from '@chatr/contracts';
import { closeClients, openClient, seen, until } from './support/clients.js';
import { expectFresh } from './support/expect-fresh.js';
import { ask, call } from './support/http.js';
import { type Person, registerPerson } from './support/people.js';
import { startServer, type TestServer } from './support/server.js';

const ANSWER_BYTES = 3_000_000;
const CHATS = 12;
const MESSAGES = 12;
/** Three bytes each in UTF-8: as long as a message can be. */
const LONG = '漢'.repeat(9_990);

describe('with long messages', () => {
  let server: TestServer;
  let ann: Person;
  let bob: Person;
  let chatIds: string[];

  beforeAll(async () => {
    server = await startServer();
    [ann, bob] = [await registerPerson(server), await registerPerson(server)];
    chatIds = await Promise.all(Array.from({ length: CHATS }, (_, index) => createGroup(`Group ${index}`)));
  });

  afterEach(closeClients);

  afterAll(() => server.destroy());

  const asAnn = <T>(path: string, body: unknown): Promise<T> =>
    ask<T>(server, path, { body, accessToken: ann.accessToken });

  async function createGroup(name: string): Promise<string> {
    const { id } = await asAnn<{ id: string }>('/chats', { type: 'group', name, memberIds: [bob.id] });
    return id;
  }

  async function fill(chatId: string): Promise<void> {
    for (let number = 1; number <= MESSAGES; number++) {
      await asAnn<Message>(`/chats/${chatId}/messages`, { clientId: randomUUID(), content: `${LONG} ${number}` });
    }
  }

  async function sync(person: Person, body: object): Promise<{ answer: SyncAnswer; bytes: number }> {
    const answer = await ask<SyncAnswer>(server, '/sync', { body, accessToken: person.accessToken });
    return { answer, bytes: Buffer.byteLength(JSON.stringify(answer)) };
  }

  it('an answer stays small, each one leads on, and all of them together tell everything', async () => {
    const client = await openClient(server, bob);
    await until('all groups are known', () => chatIds.every((id) => client.store.chat(id) !== undefined));
    client.disconnect();
    const { answer: start } = await sync(bob, {});
    const held = new Map(start.joined.map((chat) => [chat.id, chat.version]));
    // One after the other: the list of chats has one order only where no two moved in the same millisecond.
    for (const id of chatIds) await fill(id);

    const told = new Set<string>();
    let asked = [...held.keys()];
    let rounds = 0;
    while (asked.length > 0) {
      const chats = Object.fromEntries(asked.map((id) => [id, held.get(id) ?? 0]));
      const { answer, bytes } = await sync(bob, { cursor: start.cursor, chats });
      expect(bytes).toBeLessThan(ANSWER_BYTES);
      const before = told.size;
      for (const [id, changes] of Object.entries(answer.chats)) {
        for (const message of changes.items) told.add(message.id);
        expect(changes.version).toBeGreaterThanOrEqual(held.get(id) ?? 0);
        held.set(id, changes.version);
      }
      expect(told.size).toBeGreaterThan(before);
      asked = Object.keys(answer.chats).filter((id) => answer.chats[id]?.hasMore);
      rounds++;
    }
    expect(told.size).toBe(CHATS * MESSAGES);
    expect(rounds).toBeGreaterThan(1);

    client.connect();
    for (const id of chatIds) await seen(client, id, `${LONG} ${MESSAGES}`);
    await expectFresh(client, server, bob);
  });

  it('so does the answer to one who holds nothing, or names chats from nought', async () => {
    const joined = new Set<string>();
    let cursor: string | undefined;
    for (let more = true; more;) {
      const { answer, bytes } = await sync(ann, cursor === undefined ? {} : { cursor });
      expect(bytes).toBeLessThan(ANSWER_BYTES);
      for (const chat of answer.joined) joined.add(chat.id);
      [cursor, more] = [answer.cursor, answer.hasMore];
    }
    expect([...joined].toSorted()).toEqual(chatIds.toSorted());

    let asked = chatIds;
    while (asked.length > 0) {
      const { answer, bytes } = await sync(bob, { chats: Object.fromEntries(asked.map((id) => [id, 0])) });
      expect(bytes).toBeLessThan(ANSWER_BYTES);
      const done = asked.filter((id) => answer.chats[id]?.hasMore === false);
      expect(done.length).toBeGreaterThan(0);
      for (const id of done) {
        expect(answer.chats[id]?.limited).toBe(true);
        expect(answer.chats[id]?.items.at(-1)?.content).toBe(`${LONG} ${MESSAGES}`);
      }
      asked = asked.filter((id) => !done.includes(id));
    }
  });

  it('one person who asks many times at once is told to come again, and others are answered', async () => {
    const { accessToken } = bob;
    const chats = Object.fromEntries(chatIds.map((id) => [id, 0]));
    const many = Array.from({ length: 30 }, () => call(server, '/sync', { body: { chats }, accessToken }));
    await sync(ann, {});
    const answers = await Promise.all(many);
    const codes = new Set(answers.map(({ status }) => status));
    expect([...codes].toSorted()).toEqual([200, 503]);
  });

  it('the edits of a message come in pages, and it keeps the newest hundred', async () => {
    const [chatId = ''] = chatIds;
    const { id } = await asAnn<Message>(`/chats/${chatId}/messages`, { clientId: randomUUID(), content: 'text 0' });
    const { accessToken } = ann;
    for (let number = 1; number <= 103; number++) {
      await ask(server, `/messages/${id}`, { method: 'PATCH', body: { content: `text ${number}` }, accessToken });
    }
    const texts: string[] = [];
    let query = '?limit=40';
    const sizes: number[] = [];
    while (query !== '') {
      const page = await ask<{ items: { content: string }[]; nextCursor: string | null }>(
        server,
        `/messages/${id}/edits${query}`,
        { accessToken },
      );
      texts.push(...page.items.map(({ content }) => content));
      sizes.push(page.items.length);
      query = page.nextCursor === null ? '' : `?limit=40&cursor=${page.nextCursor}`;
    }
    expect(sizes).toEqual([40, 40, 20]);
    expect(texts).toEqual(Array.from({ length: 100 }, (_, index) => `text ${index + 3}`));
    for (const wrong of ['cursor=x', 'limit=101', 'limit=0']) {
      expect((await call(server, `/messages/${id}/edits?${wrong}`, { accessToken })).status).toBe(400);
    }
  });
});
