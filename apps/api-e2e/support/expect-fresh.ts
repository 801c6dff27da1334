import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { type Chat, ChatrClient, type Member, type Message, type MessageView } from '@chatr/client';
import { ask } from './http.js';
import type { Person } from './people.js';
import type { ServerAddress } from './server.js';

const PATIENCE_MS = 15_000;
const POLL_MS = 100;
const PAGE = 100;

/** A chat with everything in it, in a form that does not depend on who describes it. */
type ChatState = Omit<Chat, 'lastMessage' | 'members'> & {
  members?: Member[];
  lastMessage: unknown;
  messages: unknown[];
};

/**
 * *State after events = a fresh fetch*: what a client shows that has been running, through whatever happened, is what the server
 * tells over REST, and what a client shows that has just begun. Receipts take a moment to arrive, so both are asked until they agree.
 * @throws the difference, when they do not come to agree
 */
export async function expectFresh(client: ChatrClient, server: ServerAddress, person: Person): Promise<void> {
  await expectAgreement(
    () => shownBy(client),
    () => storedFor(server, person),
  );
  const fresh = new ChatrClient({ baseUrl: server.url, transport: 'body' });
  try {
    await fresh.auth.login(person.username, person.password);
    fresh.connect();
    const deadline = Date.now() + PATIENCE_MS;
    while (!fresh.store.ready && Date.now() < deadline) await sleep(POLL_MS);
    await expectAgreement(
      () => shownBy(client),
      () => shownBy(fresh),
    );
  } finally {
    await fresh.auth.logout();
  }
}

async function expectAgreement(one: () => Promise<ChatState[]>, other: () => Promise<ChatState[]>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const [actual, expected] = [await one(), await other()];
    if (isDeepStrictEqual(actual, expected)) return;
    if (Date.now() > deadline) return expect(actual).toEqual(expected);
    await sleep(POLL_MS);
  }
}

/** What the client shows, with all of its history loaded. */
async function shownBy(client: ChatrClient): Promise<ChatState[]> {
  for (const { id } of client.store.chats) {
    if (!client.store.history(id).loaded) await client.loadNewest(id);
    while (client.store.history(id).hasOlder) {
      await client.loadOlder(id);
      const { error } = client.store.history(id);
      if (error !== undefined) throw error;
    }
  }
  return client.store.chats.map(({ peerId: _derived, lastMessage, ...chat }) => ({
    ...sorted(chat),
    lastMessage: lastMessage === null ? null : shown(lastMessage),
    messages: client.store.messages(chat.id).map(shown),
  }));
}

/** What the server has for this person: the list of their chats, and every page of each. */
async function storedFor(server: ServerAddress, { username, password }: Person): Promise<ChatState[]> {
  const { accessToken } = await ask<{ accessToken: string }>(server, '/auth/login', {
    body: { identifier: username, password },
  });
  const chats: Chat[] = [];
  let cursor = '';
  do {
    const path = `/chats?limit=${PAGE}${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
    const page = await ask<{ items: Chat[]; nextCursor: string | null }>(server, path, { accessToken });
    chats.push(...page.items);
    cursor = page.nextCursor ?? '';
  } while (cursor !== '');
  const states: ChatState[] = [];
  for (const { lastMessage, ...chat } of chats) {
    const messages = await history(server, accessToken, chat.id);
    states.push({
      ...sorted(chat),
      lastMessage: lastMessage === null ? null : told(lastMessage),
      messages: messages.map(told),
    });
  }
  await ask(server, '/auth/logout', { method: 'POST', accessToken });
  return states;
}

async function history(server: ServerAddress, accessToken: string, chatId: string): Promise<Message[]> {
  const messages: Message[] = [];
  for (;;) {
    const before = messages[0] === undefined ? '' : `&before=${messages[0].seq}`;
    const path = `/chats/${chatId}/messages?limit=${PAGE}${before}`;
    const page = await ask<{ items: Message[]; hasMore: boolean }>(server, path, { accessToken });
    messages.unshift(...page.items);
    if (!page.hasMore) return messages;
  }
}

function sorted<T extends { members?: Member[] }>({
  members,
  ...chat
}: T): Omit<T, 'members'> & { members?: Member[] } {
  return members === undefined
    ? chat
    : { ...chat, members: members.toSorted((a, b) => (a.user.id < b.user.id ? -1 : 1)) };
}

function shown({ key: _key, mine: _mine, ...message }: MessageView): unknown {
  return message;
}

/** A message of the server in the words of a client: versions are for following changes, not for showing. */
function told({ version: _version, ...message }: Message): unknown {
  return { ...message, state: 'confirmed' };
}
