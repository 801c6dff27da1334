import type { Person } from '../world.js';
import { HttpClient } from './http-client.js';
import type { Job } from './job.js';
import type { Connection } from './protocol.js';
import { SocketIoConnection } from './socket-io-client.js';
import { XmppConnection } from './xmpp-client.js';

/** A place in a chat's history, in whatever way the server names places. */
export type Place = string;

export interface Page {
  count: number;
  /** Of its oldest message. */
  begins: Place;
}

/** How one server is asked for what was. */
export interface Reader {
  newest(chat: string): Promise<Page>;
  before(chat: string, place: Place): Promise<Page>;
  /** A place somewhere in a chat of that many messages, from what its newest page says. @param share 0 is its beginning, 1 its end */
  placeAt(newest: Page, messages: number, share: number): Place;
  /** All chats of the person, however many requests that takes. @returns how many there are */
  chats?(): Promise<number>;
}

/** What a page holds, of every server. */
export const PAGE = 50;
const LIST_PAGE = 100;

/** @param connection of the same person, for servers that answer such questions over it */
export function readerOf({ target, address }: Job, person: Person, connection: Connection): Reader {
  if (target === 'chatr') return new ChatrReader(new HttpClient(address.port), person.token);
  if (connection instanceof SocketIoConnection) return new EventReader(connection);
  if (connection instanceof XmppConnection) return new ArchiveReader(connection);
  throw new Error(`nobody knows how to read from ${target}`);
}

interface Listed<T> {
  items: T[];
  nextCursor: string | null;
}

class ChatrReader implements Reader {
  constructor(
    private readonly http: HttpClient,
    private readonly token: string,
  ) {}

  newest(chat: string): Promise<Page> {
    return this.page(`/api/chats/${chat}/messages?limit=${PAGE}`);
  }

  before(chat: string, place: Place): Promise<Page> {
    return this.page(`/api/chats/${chat}/messages?limit=${PAGE}&before=${place}`);
  }

  placeAt(_newest: Page, messages: number, share: number): Place {
    return String(Math.max(2, Math.round(messages * share)));
  }

  async chats(): Promise<number> {
    let count = 0;
    let cursor = '';
    do {
      const page = await this.http.get<Listed<unknown>>(`/api/chats?limit=${LIST_PAGE}${cursor}`, this.token);
      count += page.items.length;
      cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`;
    } while (cursor !== '');
    return count;
  }

  private async page(path: string): Promise<Page> {
    const { items } = await this.http.get<{ items: { seq: number }[] }>(path, this.token);
    return { count: items.length, begins: String(items[0]?.seq ?? 0) };
  }
}

/** The usual design pages by time. */
class EventReader implements Reader {
  constructor(private readonly connection: SocketIoConnection) {}

  newest(chat: string): Promise<Page> {
    return this.page({ chatId: chat });
  }

  before(chat: string, place: Place): Promise<Page> {
    return this.page({ chatId: chat, before: place });
  }

  /** Its messages are a second apart. */
  placeAt({ begins }: Page, messages: number, share: number): Place {
    return new Date(Date.parse(begins) - messages * (1 - share) * 1000).toISOString();
  }

  async chats(): Promise<number> {
    const { items } = (await this.connection.request('chats', {})) as { items: unknown[] };
    return items.length;
  }

  private async page(payload: object): Promise<Page> {
    const answer = (await this.connection.request('history', payload)) as { items: { createdAt: string }[] };
    return { count: answer.items.length, begins: answer.items[0]?.createdAt ?? '' };
  }
}

/** XMPP's archive, whose ids are times in microseconds. A list of chats XMPP has not. */
class ArchiveReader implements Reader {
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly connection: XmppConnection) {}

  newest(chat: string): Promise<Page> {
    return this.page(chat, '');
  }

  before(chat: string, place: Place): Promise<Page> {
    return this.page(chat, place);
  }

  placeAt({ begins }: Page, messages: number, share: number): Place {
    return String(Number(begins) - Math.round(messages * (1 - share)) * 1_000_000);
  }

  /** One after the other: the parts of several answers would come mixed. */
  private page(chat: string, place: Place): Promise<Page> {
    const page = this.last.then(() => this.connection.archive(chat, PAGE, place));
    this.last = page;
    return page;
  }
}
