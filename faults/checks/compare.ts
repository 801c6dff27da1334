import { type Chat, ChatrClient, type Member, type Message, type MessageView } from '@chatr/client';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { monotonicMs } from '../clock.js';
import type { Credentials, Difference } from '../people/protocol.js';
import { ask, type Pass } from '../people/rest.js';

const PAGE = 100;
const POLL_MS = 250;
const READY_MS = 20_000;
/** How much of a difference is told. */
const EXCERPT = 400;

/** A chat with everything in it, in a form that does not depend on who describes it. */
export interface ChatState {
  id: string;
  facts: Record<string, unknown>;
  members: readonly Member[];
  messages: readonly Record<string, unknown>[];
}

/** What a client shows, with all of its history loaded. */
export async function shownBy(client: ChatrClient): Promise<ChatState[]> {
  for (const { id } of client.store.chats) {
    if (!client.store.history(id).loaded) await client.loadNewest(id);
    while (client.store.history(id).hasOlder) {
      await client.loadOlder(id);
      const { error } = client.store.history(id);
      if (error !== undefined) throw error;
    }
  }
  return client.store.chats.map(({ peerId: _derived, lastMessage, members, ...chat }) => ({
    id: chat.id,
    facts: { ...chat, lastMessage: lastMessage === null ? null : shown(lastMessage) },
    members: sorted(members),
    messages: client.store.messages(chat.id).map(shown),
  }));
}

/** What the server tells this person: the list of chats, and every page of each. */
export async function storedFor(url: string, pass: Pass): Promise<ChatState[]> {
  const states: ChatState[] = [];
  for (const { lastMessage, members, ...chat } of await chatsOf(url, pass)) {
    const messages = await historyOf(url, pass, chat.id);
    states.push({
      id: chat.id,
      facts: { ...chat, lastMessage: lastMessage === null ? null : told(lastMessage) },
      members: sorted(members),
      messages: messages.map(told),
    });
  }
  return states;
}

export async function chatsOf(url: string, pass: Pass): Promise<Chat[]> {
  const chats: Chat[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const path: string = `/chats?limit=${PAGE}${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
    const page: { items: Chat[]; nextCursor: string | null } = await ask(url, path, await pass.token());
    chats.push(...page.items);
    cursor = page.nextCursor;
  }
  return chats;
}

/** All that this person may see of a chat, ascending. */
export async function historyOf(url: string, pass: Pass, chatId: string): Promise<Message[]> {
  const pages: Message[][] = [];
  for (;;) {
    const oldest = pages.at(-1)?.[0]?.seq;
    const path = `/chats/${chatId}/messages?limit=${PAGE}${oldest === undefined ? '' : `&before=${oldest}`}`;
    const page = await ask<{ items: Message[]; hasMore: boolean }>(url, path, await pass.token());
    pages.push(page.items);
    if (!page.hasMore) return pages.toReversed().flat();
  }
}

/** Asks both until they agree. @returns what they differ in after the deadline, on the clock of `monotonicMs` */
export async function settledDifferences(
  device: string,
  against: Difference['against'],
  actual: () => Promise<ChatState[]>,
  expected: () => Promise<ChatState[]>,
  deadline: number,
): Promise<Difference[]> {
  for (;;) {
    const found = differences(await actual(), await expected()).map((found) => ({ device, against, ...found }));
    if (found.length === 0 || monotonicMs() > deadline) return found;
    await sleep(POLL_MS);
  }
}

/** What a client shows that has just begun. */
export async function shownByFreshClient(url: string, { username, password }: Credentials): Promise<ChatState[]> {
  const client = new ChatrClient({ baseUrl: url, transport: 'body' });
  try {
    await client.auth.login(username, password);
    client.connect();
    const deadline = monotonicMs() + READY_MS;
    while (!client.store.ready && monotonicMs() < deadline) await sleep(POLL_MS);
    return await shownBy(client);
  } finally {
    await client.auth.logout();
  }
}

type Found = Pick<Difference, 'kind' | 'chatId' | 'detail'>;

/** How two descriptions of a person's chats differ. */
export function differences(actual: readonly ChatState[], expected: readonly ChatState[]): Found[] {
  const found: Found[] = [];
  const ids = (states: readonly ChatState[]): string[] => states.map(({ id }) => id);
  for (const state of expected) {
    const shown = actual.find(({ id }) => id === state.id);
    if (shown === undefined) found.push({ kind: 'state', chatId: state.id, detail: 'the chat is not shown' });
    else found.push(...differencesOf(shown, state));
  }
  for (const { id } of actual)
    if (!ids(expected).includes(id))
      found.push({ kind: 'state', chatId: id, detail: 'the chat is shown and should not be' });
  if (found.length === 0 && !isDeepStrictEqual(ids(actual), ids(expected)))
    found.push({
      kind: 'state',
      chatId: '',
      detail: `the list is in another order: ${ids(actual).join()}, not ${ids(expected).join()}`,
    });
  return found;
}

function differencesOf(actual: ChatState, expected: ChatState): Found[] {
  const { id: chatId } = expected;
  const found: Found[] = [];
  const note = (kind: Difference['kind'], what: string, one: unknown, other: unknown): void => {
    if (!isDeepStrictEqual(one, other))
      found.push({ kind, chatId, detail: `${what}: ${brief(one)}, not ${brief(other)}` });
  };
  const { unreadCount, lastReadSeq, ...facts } = actual.facts;
  const { unreadCount: rightCount, lastReadSeq: rightRead, ...rightFacts } = expected.facts;
  note('unread', 'unread', unreadCount, rightCount);
  note('position', 'read up to', lastReadSeq, rightRead);
  for (const name of new Set([...Object.keys(facts), ...Object.keys(rightFacts)]))
    note('state', name, facts[name], rightFacts[name]);
  note('position', 'positions', actual.members.map(positionOf), expected.members.map(positionOf));
  note('state', 'members', actual.members.map(withoutPosition), expected.members.map(withoutPosition));
  note('state', 'number of messages', actual.messages.length, expected.messages.length);
  const index = expected.messages.findIndex((message, at) => !isDeepStrictEqual(actual.messages[at], message));
  if (index >= 0) note('state', `message ${index + 1}`, actual.messages[index], expected.messages[index]);
  return found;
}

function positionOf({ user, deliveredSeq, readSeq }: Member): string {
  return `${user.username} ${deliveredSeq} ${readSeq}`;
}

function withoutPosition({ deliveredSeq: _delivered, readSeq: _read, ...member }: Member): unknown {
  return member;
}

function sorted(members: readonly Member[] | undefined): Member[] {
  return (members ?? []).toSorted((a, b) => (a.user.id < b.user.id ? -1 : 1));
}

function shown({ key: _key, mine: _mine, ...message }: MessageView): Record<string, unknown> {
  return message;
}

/** A message of the server in the words of a client: versions are for following changes, not for showing. */
function told({ version: _version, ...message }: Message): Record<string, unknown> {
  return { ...message, state: 'confirmed' };
}

function brief(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length <= EXCERPT ? text : `${text.slice(0, EXCERPT)}…`;
}
