import type { ChatChanges, Message, SyncAnswer } from '@chatr/contracts';
import { chatOf, directChat, groupOf, historyOf, inGroup, registerPeople, send, trySend } from './support/chats.js';
import { ask, call } from './support/http.js';
import type { Person } from './support/people.js';
import { sharedServer } from './support/shared-server.js';
import { closeSockets, openSocket } from './support/sockets.js';

const server = sharedServer();
let ann: Person;
let bob: Person;

beforeAll(async () => {
  [ann, bob] = await registerPeople(server, 'Ann', 'Bob');
});

afterEach(closeSockets);

async function changesSince(person: Person, chatId: string, version: number): Promise<ChatChanges> {
  const body = { cursor: '0', chats: { [chatId]: version } };
  const answer = await ask<SyncAnswer>(server, '/sync', { body, accessToken: person.accessToken });
  const changes = answer.chats[chatId];
  if (changes === undefined) throw new Error('the chat is not in the answer');
  return changes;
}

describe('a message that quotes another', () => {
  it('changes with it, live and for those who were away', async () => {
    const { id } = await directChat(server, ann, bob);
    const question = await send(server, ann, id, 'the secret is 42');
    const { body: answer } = await trySend(server, bob, id, { content: 'thanks', replyToId: question.id });
    expect(answer.replyTo?.content).toBe('the secret is 42');
    const { version } = await chatOf(server, bob, id);
    const socket = await openSocket(server, bob.accessToken);

    await call(server, `/messages/${question.id}`, { method: 'DELETE', accessToken: ann.accessToken });

    const told = await socket.first<Message>('message:edited', (message) => message.id === answer.id);
    expect(told.replyTo?.content).toBe('');
    expect(told.editedAt).toBeUndefined();
    const { items } = await changesSince(bob, id, version);
    expect(items.map((message) => message.version)).toEqual([version + 1, version + 2]);
    const fetched = (await historyOf(server, bob, id)).items.find((message) => message.id === answer.id);
    expect(items.find((message) => message.id === answer.id)).toEqual(fetched);
  });

  it('shows nothing new to its sender after they were removed', async () => {
    const { id } = await groupOf(server, ann, bob);
    const question = await send(server, ann, id, 'before');
    const draft = { clientId: 'answer', content: 'mine', replyToId: question.id };
    await trySend(server, bob, id, draft);
    await inGroup(server, ann, id, 'DELETE', `/members/${bob.id}`);
    const accessToken = ann.accessToken;
    await ask(server, `/messages/${question.id}`, { method: 'PATCH', body: { content: 'after' }, accessToken });

    const again = await trySend(server, bob, id, draft);

    expect(again.status).toBe(200);
    expect(again.body.replyTo).toEqual({ seq: question.seq });
  });
});

it('an event that the server does not know is answered, too', async () => {
  const socket = await openSocket(server, ann.accessToken);
  expect(await socket.refusal('message:teleport', { to: 'the moon' })).toBe('not_found');
});

it('somebody who logs out while they connect does not stay connected', async () => {
  for (let round = 0; round < 10; round++) {
    const identifier = bob.username;
    const { accessToken } = await ask<{ accessToken: string }>(server, '/auth/login', {
      body: { identifier, password: bob.password },
    });
    const connecting = openSocket(server, accessToken).catch(() => undefined);
    await call(server, '/auth/logout', { method: 'POST', accessToken });
    const socket = await connecting;
    // Either it was refused, or it is ended.
    if (socket !== undefined) await socket.first('disconnect');
  }
});
