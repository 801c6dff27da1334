import { setTimeout as sleep } from 'node:timers/promises';
import { ChatrClient, type ChatrClientOptions, type MessageView } from '@chatr/client';
import type { Person } from './people.js';
import type { ServerAddress } from './server.js';

const POLL_MS = 20;
const PATIENCE_MS = 30_000;

const open = new Set<ChatrClient>();

/** A client of the SDK with this person logged in, connected and caught up. */
export async function openClient(
  server: ServerAddress,
  person: Pick<Person, 'username' | 'password'>,
  options: Partial<ChatrClientOptions> = {},
): Promise<ChatrClient> {
  const client = new ChatrClient({ baseUrl: server.url, transport: 'body', ...options });
  await client.auth.login(person.username, person.password);
  open.add(client);
  client.connect();
  await until('the client is ready', () => client.store.ready);
  return client;
}

/** Ends every client that a test opened. */
export function closeClients(): void {
  for (const client of open) client.disconnect();
  open.clear();
}

/** Waits until something holds. @throws Error naming it when it does not within half a minute */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`It did not come about that ${what}`);
    await sleep(POLL_MS);
  }
}

/** Waits until the client shows a message with this text, and returns it. */
export async function seen(
  client: ChatrClient,
  chatId: string,
  content: string,
): Promise<MessageView & { id: string; seq: number }> {
  const find = (): MessageView | undefined =>
    client.store.messages(chatId).find((message) => message.content === content);
  await until(`“${content}” is shown`, () => find()?.seq !== undefined);
  const message = find();
  if (message?.id === undefined || message.seq === undefined) throw new Error('a shown message vanished');
  return { ...message, id: message.id, seq: message.seq };
}
