import type { ChatrClient } from '@chatr/client';
import { closeClients, openClient, seen, until } from './support/clients.js';
import { expectFresh } from './support/expect-fresh.js';
import { type Person, registerPerson } from './support/people.js';
import { startServer, type TestServer } from './support/server.js';

describe('a client that was away', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startServer();
  });

  afterEach(closeClients);

  afterAll(() => server.destroy());

  async function inGroup(...people: Person[]): Promise<{ clients: ChatrClient[]; id: string }> {
    const clients: ChatrClient[] = [];
    for (const person of people) clients.push(await openClient(server, person));
    const [owner] = clients;
    if (owner === undefined) throw new Error('a group needs somebody');
    const { id } = await owner.createGroup(
      'Group',
      people.slice(1).map((person) => person.id),
    );
    for (const client of clients) await until('the group is known', () => client.store.chat(id) !== undefined);
    return { clients, id };
  }

  it('has everything after three hundred missed messages, with edits and unsent ones among them', async () => {
    const [ann, bob] = [await registerPerson(server), await registerPerson(server)];
    const { clients, id } = await inGroup(ann, bob);
    const [annClient, bobClient] = clients as [ChatrClient, ChatrClient];
    for (let number = 1; number <= 30; number++) annClient.send(id, `before ${number}`);
    await seen(bobClient, id, 'before 30');
    await bobClient.loadNewest(id);
    bobClient.disconnect();

    for (let number = 1; number <= 300; number++) annClient.send(id, `missed ${number}`);
    const last = await seen(annClient, id, 'missed 300');
    const ids = annClient.store.messages(id).flatMap((message) => message.id ?? []);
    for (let index = 0; index < 20; index++) await annClient.edit(ids[index * 16] ?? '', `edited ${index}`);
    for (let index = 0; index < 10; index++) await annClient.unsend(ids[index * 30 + 5] ?? '');
    await annClient.groups.rename(id, 'Renamed meanwhile');
    const other = await annClient.openDirect(bob.id);
    annClient.send(other.id, 'and a new chat');
    await seen(annClient, other.id, 'and a new chat');

    bobClient.connect();
    await until('the missed ones are there', () => (bobClient.store.chat(id)?.lastSeq ?? 0) > last.seq);
    await expectFresh(bobClient, server, bob);
    await expectFresh(annClient, server, ann);
    expect(bobClient.store.chat(id)?.name).toBe('Renamed meanwhile');
  });

  it('starts a chat anew that moved too far', async () => {
    const [ann, bob] = [await registerPerson(server), await registerPerson(server)];
    const { clients, id } = await inGroup(ann, bob);
    const [annClient, bobClient] = clients as [ChatrClient, ChatrClient];
    bobClient.disconnect();
    for (let number = 1; number <= 1_100; number++) annClient.send(id, `message ${number}`);
    await seen(annClient, id, 'message 1100');
    bobClient.connect();
    await seen(bobClient, id, 'message 1100');
    expect(bobClient.store.messages(id).length).toBeLessThan(1_100);
    await expectFresh(bobClient, server, bob);
  });

  it('lives on when its access token expires in the middle of a chat', async () => {
    const hasty = await startServer({ ACCESS_TOKEN_SECONDS: '9' });
    try {
      const [ann, bob] = [await registerPerson(hasty), await registerPerson(hasty)];
      const [annClient, bobClient] = [await openClient(hasty, ann), await openClient(hasty, bob)];
      const states = new Set<string>();
      annClient.onConnectionChange(({ state }) => states.add(state));
      const { id } = await annClient.openDirect(bob.id);
      for (let number = 1; number <= 20; number++) {
        annClient.send(id, `message ${number}`);
        await seen(bobClient, id, `message ${number}`);
        await new Promise((resolve) => setTimeout(resolve, 1_000));
      }
      expect([...states]).toEqual([]);
      await expectFresh(annClient, hasty, ann);
      await expectFresh(bobClient, hasty, bob);
    } finally {
      await hasty.destroy();
    }
  });

  describe('or was there all the time shows the same as a fresh one after', () => {
    let people: [Person, Person, Person];
    let clients: [ChatrClient, ChatrClient, ChatrClient];
    let id: string;

    beforeEach(async () => {
      people = [await registerPerson(server), await registerPerson(server), await registerPerson(server)];
      const group = await inGroup(...people);
      clients = group.clients as typeof clients;
      id = group.id;
    });

    const send = async (sender: ChatrClient, content: string): Promise<{ id: string; seq: number }> => {
      sender.send(id, content);
      for (const client of clients) if (client.store.chat(id) !== undefined) await seen(client, id, content);
      return seen(sender, id, content);
    };
    const expectAllFresh = async (): Promise<void> => {
      for (const [index, client] of clients.entries()) await expectFresh(client, server, people[index] as Person);
    };

    it('messages and answers', async () => {
      const question = await send(clients[0], 'question');
      clients[1].send(id, 'answer', { replyToId: question.id });
      for (const client of clients) await seen(client, id, 'answer');
      await expectAllFresh();
    });

    it('edits, of answered messages too', async () => {
      const message = await send(clients[0], 'first');
      clients[1].send(id, 'answer', { replyToId: message.id });
      await seen(clients[2], id, 'answer');
      await clients[0].edit(message.id, 'second');
      for (const client of clients) await seen(client, id, 'second');
      await expectAllFresh();
    });

    it('unsending', async () => {
      const message = await send(clients[0], 'gone soon');
      await send(clients[1], 'stays');
      await clients[0].unsend(message.id);
      for (const client of clients) {
        await until('it is gone', () => client.store.messages(id).some(({ deletedAt }) => deletedAt !== undefined));
      }
      await expectAllFresh();
    });

    it('receipts', async () => {
      for (const text of ['one', 'two', 'three']) await send(clients[0], text);
      const seqs = clients[0].store.messages(id).map(({ seq }) => seq ?? 0);
      clients[1].markRead(id, seqs.at(-2) ?? 0);
      clients[2].markRead(id, seqs.at(-1) ?? 0);
      await until('one is read by all', () => clients[0].store.messages(id).some(({ status }) => status === 'read'));
      await expectAllFresh();
    });

    it('a new name', async () => {
      await clients[0].groups.rename(id, 'Another name');
      for (const client of clients) await until('it is known', () => client.store.chat(id)?.name === 'Another name');
      await expectAllFresh();
    });

    it('somebody coming', async () => {
      await send(clients[0], 'before');
      const newcomer = await registerPerson(server);
      const client = await openClient(server, newcomer);
      await clients[0].groups.addMembers(id, [newcomer.id]);
      await until('they are in', () => client.store.chat(id) !== undefined);
      await send(clients[1], 'welcome');
      await seen(client, id, 'welcome');
      expect(client.store.messages(id).map(({ content }) => content)).not.toContain('before');
      await expectAllFresh();
      await expectFresh(client, server, newcomer);
    });

    it('somebody being removed, and coming back', async () => {
      await send(clients[0], 'together');
      await clients[0].groups.removeMember(id, people[2].id);
      await until('they are out', () => clients[2].store.chat(id) === undefined);
      await send(clients[1], 'without them');
      await expectAllFresh();
      await clients[0].groups.addMembers(id, [people[2].id]);
      await until('they are back', () => clients[2].store.chat(id) !== undefined);
      await send(clients[2], 'hello again');
      await expectAllFresh();
    });

    it('the owner leaving', async () => {
      await clients[0].groups.leave(id);
      await until('they are out', () => clients[0].store.chat(id) === undefined);
      await until('somebody else owns it', () =>
        [clients[1], clients[2]].every(
          (client) => client.store.chat(id)?.members?.some(({ role }) => role === 'owner') === true,
        ),
      );
      await expectAllFresh();
    });
  });
});
