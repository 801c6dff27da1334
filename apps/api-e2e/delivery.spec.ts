import type { ChatrClient, MessageView } from '@chatr/client';
import { closeClients, openClient, seen, until } from './support/clients.js';
import { expectFresh } from './support/expect-fresh.js';
import { ask } from './support/http.js';
import { type Person, registerPerson } from './support/people.js';
import { startServer, type TestServer } from './support/server.js';

const numbered = (count: number, from = 'message'): string[] =>
  Array.from({ length: count }, (_, index) => `${from} ${index + 1}`);
const texts = (client: ChatrClient, chatId: string): string[] =>
  client.store.messages(chatId).map(({ content }) => content);
const settled = (client: ChatrClient, chatId: string): boolean =>
  client.store.messages(chatId).every(({ state }) => state === 'confirmed');

async function twoPeople(server: TestServer): Promise<{ ann: Person; bob: Person }> {
  return { ann: await registerPerson(server), bob: await registerPerson(server) };
}

describe('messages are delivered once and in order', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startServer();
  });

  afterEach(closeClients);

  afterAll(() => server.destroy());

  it('in the order of two hundred sends at once', async () => {
    const { ann, bob } = await twoPeople(server);
    const [annClient, bobClient] = [await openClient(server, ann), await openClient(server, bob)];
    const { id } = await annClient.openDirect(bob.id);
    for (const text of numbered(200)) annClient.send(id, text);
    await until('all are confirmed', () => settled(annClient, id));
    await until('all have arrived', () => bobClient.store.messages(id).length === 200);
    expect(texts(bobClient, id)).toEqual(numbered(200));
    expect(texts(annClient, id)).toEqual(numbered(200));
    expect(bobClient.store.messages(id).map(({ seq }) => seq)).toEqual(
      Array.from({ length: 200 }, (_, index) => index + 1),
    );
    await expectFresh(annClient, server, ann);
    await expectFresh(bobClient, server, bob);
  });

  it('once, when two devices send the same message at the same time, and the first text stays', async () => {
    const { ann, bob } = await twoPeople(server);
    const client = await openClient(server, ann);
    const { id } = await client.openDirect(bob.id);
    const send = (content: string): Promise<{ id: string; content: string }> =>
      ask(server, `/chats/${id}/messages`, { body: { clientId: 'same', content }, accessToken: ann.accessToken });
    const answers = await Promise.all(['one', 'two', 'three'].map(send));
    expect(new Set(answers.map((answer) => answer.id)).size).toBe(1);
    expect(new Set(answers.map((answer) => answer.content)).size).toBe(1);
    const again = await send('four');
    expect(again).toMatchObject({ id: answers[0]?.id, content: answers[0]?.content });
    await until('it is shown', () => client.store.messages(id).length > 0);
    expect(client.store.messages(id)).toHaveLength(1);
    await expectFresh(client, server, ann);
  });

  it('to every device of both people, with ticks that follow', async () => {
    const { ann, bob } = await twoPeople(server);
    const [phone, laptop] = [await openClient(server, ann), await openClient(server, ann)];
    const { id } = await phone.openDirect(bob.id);
    phone.send(id, 'hello');
    await seen(laptop, id, 'hello');
    const status = (client: ChatrClient): MessageView['status'] => client.store.messages(id)[0]?.status;
    expect(status(laptop)).toBe('sent');
    const bobClient = await openClient(server, bob);
    await until('it is delivered', () => status(phone) === 'delivered' && status(laptop) === 'delivered');
    bobClient.markRead(id, 1);
    await until('it is read', () => status(phone) === 'read' && status(laptop) === 'read');
    for (const client of [phone, laptop]) await expectFresh(client, server, ann);
    await expectFresh(bobClient, server, bob);
  });

  it('without loss when the server is killed in the middle of five hundred', async () => {
    const crashing = await startServer();
    try {
      const { ann, bob } = await twoPeople(crashing);
      const [annClient, bobClient] = [await openClient(crashing, ann), await openClient(crashing, bob)];
      const { id } = await annClient.openDirect(bob.id);
      for (let number = 0; number < 250; number++) {
        annClient.send(id, numbered(250, 'ann')[number] ?? '');
        bobClient.send(id, numbered(250, 'bob')[number] ?? '');
      }
      const confirmed = (): string[] =>
        annClient.store
          .messages(id)
          .flatMap((message) => (message.state === 'confirmed' && message.mine ? [message.key] : []));
      await until('some are confirmed', () => confirmed().length > 20);
      await crashing.kill9();
      const acknowledged = confirmed();
      expect(acknowledged.length).toBeLessThan(250);
      await crashing.restart();
      for (const client of [annClient, bobClient]) await until('all are confirmed', () => settled(client, id), 60_000);
      await until('all have arrived', () =>
        [annClient, bobClient].every((client) => client.store.chat(id)?.lastSeq === 500),
      );
      for (const [client, person] of [
        [annClient, ann],
        [bobClient, bob],
      ] as const)
        await expectFresh(client, crashing, person);
      const messages = annClient.store.messages(id);
      expect(messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 500 }, (_, index) => index + 1));
      const of = (person: Person): string[] =>
        messages.filter(({ senderId }) => senderId === person.id).map(({ content }) => content);
      expect(of(ann)).toEqual(numbered(250, 'ann'));
      expect(of(bob)).toEqual(numbered(250, 'bob'));
      const keys = messages.map(({ key }) => key);
      for (const key of acknowledged) expect(keys.filter((other) => other === key)).toHaveLength(1);
    } finally {
      await crashing.destroy();
    }
  }, 180_000);
});
