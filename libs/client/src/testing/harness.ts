import { jest } from '@jest/globals';
import { ChatrClient } from '../client.js';
import type { ChatrClientOptions } from '../options.js';
import type { MessageView } from '../views.js';
import type { Member } from '../wire.js';
import type { FakeServer } from './fake-server.js';

export const BASE_URL = 'http://chat.test';

/** Lets this much time pass, with everything that happens in it. */
export async function pass(ms = 0): Promise<void> {
  await jest.advanceTimersByTimeAsync(ms);
}

export interface ClientExtras extends Partial<ChatrClientOptions> {
  random?: () => number;
}

/** A client of the fake server with a person logged in, not connected yet. */
export async function logIn(
  server: FakeServer,
  userId: string,
  { random, ...options }: ClientExtras = {},
): Promise<ChatrClient> {
  const seams = { fetch: server.fetch, openSocket: server.openSocket, random: random ?? Math.random };
  const client = new ChatrClient({ baseUrl: BASE_URL, transport: 'body', ...options }, seams);
  await client.auth.login(userId, 'password');
  return client;
}

/** The same, connected and caught up. */
export async function start(server: FakeServer, userId: string, extras: ClientExtras = {}): Promise<ChatrClient> {
  const client = await logIn(server, userId, extras);
  client.connect();
  await pass(1_000);
  return client;
}

export function texts(client: ChatrClient, chatId: string): string[] {
  return client.store.messages(chatId).map((message) => message.content);
}

function comparable({ key: _key, ...message }: MessageView): object {
  return message;
}

function byId(a: Member, b: Member): number {
  return a.user.id < b.user.id ? -1 : 1;
}

/** Everything a client shows, once it has loaded the whole history of its chats. */
export async function wholeState(client: ChatrClient): Promise<object> {
  for (const { id } of client.store.chats) {
    while (!client.store.history(id).loaded || client.store.history(id).hasOlder) {
      await client.loadOlder(id);
      if (!client.store.history(id).hasOlder && !client.store.history(id).loaded) await client.loadNewest(id);
    }
  }
  return client.store.chats.map(({ members, lastMessage, ...chat }) => ({
    ...chat,
    members: members?.toSorted(byId),
    lastMessage: lastMessage === null ? null : comparable(lastMessage),
    messages: client.store.messages(chat.id).map(comparable),
  }));
}

/** What somebody would see who has just logged in. */
export async function freshState(server: FakeServer, userId: string): Promise<object> {
  const client = await start(server, userId);
  await pass(5_000);
  const state = await wholeState(client);
  client.disconnect();
  return state;
}
