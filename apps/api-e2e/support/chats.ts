import { randomUUID } from 'node:crypto';
import type { Chat, Member, Message, MessagePage } from '@chatr/contracts';
import { type Answer, ask, call } from './http.js';
import { type Person, registerPerson } from './people.js';
import type { ServerAddress } from './server.js';

/** A refused request's body, as far as tests look at it. */
export interface Refusal {
  code: string;
  detail?: string;
  errors?: { path: string; message: string }[];
  retryAfter?: number;
}

export interface Group {
  id: string;
  name: string;
  memberCount: number;
  members: Member[];
}

export interface Draft {
  content: string;
  clientId?: string;
  replyToId?: string;
}

/** As many people as asked for, who know nobody yet. */
export function registerPeople<const Names extends readonly string[]>(
  server: ServerAddress,
  ...names: Names
): Promise<{ [Index in keyof Names]: Person }> {
  const people = names.map((displayName) => registerPerson(server, { displayName }));
  return Promise.all(people) as Promise<{ [Index in keyof Names]: Person }>;
}

export function directChat(server: ServerAddress, { accessToken }: Person, peer: Person): Promise<Chat> {
  return ask(server, '/chats', { body: { type: 'direct', userId: peer.id }, accessToken });
}

/** A group whose first person is the owner. */
export function groupOf(server: ServerAddress, owner: Person, ...others: Person[]): Promise<Chat> {
  const body = { type: 'group', name: 'Group', memberIds: others.map(({ id }) => id) };
  return ask(server, '/chats', { body, accessToken: owner.accessToken });
}

/** Sends over REST, whatever comes of it. */
export function trySend(
  server: ServerAddress,
  { accessToken }: Person,
  chatId: string,
  { clientId = randomUUID(), ...draft }: Draft,
): Promise<Answer<Message & Refusal>> {
  return call(server, `/chats/${chatId}/messages`, { body: { clientId, ...draft }, accessToken });
}

/** Sends over REST. @throws Error when it is refused */
export async function send(server: ServerAddress, sender: Person, chatId: string, content: string): Promise<Message> {
  const { status, body } = await trySend(server, sender, chatId, { content });
  if (status !== 201) throw new Error(`“${content}” was refused: ${JSON.stringify(body)}`);
  return body;
}

export function chatOf(server: ServerAddress, { accessToken }: Person, chatId: string): Promise<Chat> {
  return ask(server, `/chats/${chatId}`, { accessToken });
}

/** @param query without its question mark, for example `before=10&limit=5` */
export function historyOf(
  server: ServerAddress,
  { accessToken }: Person,
  chatId: string,
  query = 'limit=100',
): Promise<MessagePage> {
  return ask(server, `/chats/${chatId}/messages?${query}`, { accessToken });
}

/** Asks something of a group for somebody, whatever comes of it. @param path below the group, for example `/members` */
export function inGroup(
  server: ServerAddress,
  { accessToken }: Person,
  groupId: string,
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path = '',
  body?: unknown,
): Promise<Answer<Group & Refusal>> {
  return call(server, `/groups/${groupId}${path}`, { method, accessToken, ...(body === undefined ? {} : { body }) });
}

/** Status and code of a refusal, as tests compare them. */
export function refused({ status, body }: Answer<Refusal | undefined>): [number, string | undefined] {
  return [status, body?.code];
}
