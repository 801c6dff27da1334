import { text } from 'node:stream/consumers';
import { fromBufferPromise } from 'yauzl';
import { ask } from './http.js';
import type { Person } from './people.js';
import type { ServerAddress } from './server.js';

interface Ticket {
  url: string;
  expiresAt: string;
  chats: number;
}

/** A link to one download of everything that is kept about somebody. */
export function exportTicket(server: ServerAddress, { accessToken, password }: Person): Promise<Ticket> {
  return ask(server, '/users/me/export', { body: { password }, accessToken });
}

/** Everything that is kept about somebody: the files of the archive by their paths. */
export async function exportOf(server: ServerAddress, person: Person): Promise<Map<string, string>> {
  const answer = await fetch((await exportTicket(server, person)).url);
  if (answer.status !== 200) throw new Error(`The archive was refused: ${await answer.text()}`);
  return filesOf(Buffer.from(await answer.arrayBuffer()));
}

/** The files of a zip archive by their paths. @throws Error where it is damaged, or a path leads out of it */
export async function filesOf(archive: Buffer): Promise<Map<string, string>> {
  const zip = await fromBufferPromise(archive, { strictFileNames: true });
  const files = new Map<string, string>();
  for await (const entry of zip.eachEntry()) {
    files.set(entry.fileName, await text(await zip.openReadStreamPromise(entry)));
  }
  return files;
}
