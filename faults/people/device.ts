import { ChatrClient, type ChatView, type OutboxEntry } from '@chatr/client';
import { setTimeout as sleep } from 'node:timers/promises';
import { monotonicMs } from '../clock.js';
import type { DeviceSpec, DeviceStatus, Observation } from './protocol.js';
import { Screen } from './screen.js';

/** How long changes are gathered before the screen is looked at. */
const LOOK_MS = 100;
const RETRY_MS = 500;
/** How many of the last acknowledged messages are remembered, for sending them again. */
const REMEMBERED = 30;

export interface Sent {
  chatId: string;
  clientId: string;
  content: string;
}

type Said<Event> = Event extends Observation ? Omit<Event, 'at' | 'device'> : never;

/** One client of the SDK, and an eye on everything that it shows. */
export class Device {
  readonly recent: Sent[] = [];
  client: ChatrClient;
  presence: 'online' | 'away' = 'online';
  #outbox: readonly OutboxEntry[] = [];
  #refreshToken: string | undefined;
  #screen = new Screen();
  readonly #waiting = new Map<string, Sent>();
  readonly #counters = new Map<string, number>();
  readonly #reached = new Map<string, { seq: number; version: number }>();
  readonly #dirty = new Set<string>();
  readonly #flaws = new Set<string>();
  #looking: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(
    readonly spec: DeviceSpec,
    private readonly report: (observation: Observation) => void,
  ) {
    this.client = this.begin([], undefined);
  }

  async open(): Promise<void> {
    const { username, password } = this.spec.person;
    await this.client.auth.login(username, password);
    this.client.connect();
  }

  tell(said: Said<Observation>): void {
    this.report({ at: monotonicMs(), device: this.spec.name, ...said });
  }

  /** The chats that the device shows, in an order that does not depend on what happens. */
  chats(): ChatView[] {
    return this.client.store.chats.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** A text that says whose it is and the how-manieth of this device in this chat. `stream` keeps what goes other ways apart. */
  compose(chatId: string, words: string, stream = ''): string {
    const name = `${this.spec.name}${stream}`;
    const count = (this.#counters.get(`${name} ${chatId}`) ?? 0) + 1;
    this.#counters.set(`${name} ${chatId}`, count);
    return `${name}#${count} ${words}`;
  }

  say(chatId: string, words: string, replyToId?: string): void {
    const content = this.compose(chatId, words);
    const clientId = this.client.send(chatId, content, replyToId === undefined ? {} : { replyToId });
    this.#waiting.set(clientId, { chatId, clientId, content });
    this.tell({ what: 'sent', chatId, clientId, content });
    this.lookSoon(chatId);
  }

  /** The messages that may be sent again by another way without overtaking one: the stored ones, and the oldest of each chat that waits. */
  repeatable(): Sent[] {
    const oldest = new Map<string, Sent>();
    for (const sent of this.#waiting.values()) if (!oldest.has(sent.chatId)) oldest.set(sent.chatId, sent);
    return [...this.recent, ...oldest.values()];
  }

  /** Ends the client and begins anew with what a device keeps: its refresh token and its outbox. */
  async reopen(): Promise<void> {
    this.client.disconnect();
    await Promise.resolve(); // the outbox is saved by then
    this.tell({ what: 'reopened' });
    this.presence = 'online';
    this.#screen = new Screen();
    this.client = this.begin(this.#outbox, this.#refreshToken);
    while (!this.#closed) {
      const restored = await this.client.auth.restore().catch(() => null);
      if (restored !== null) break;
      await sleep(RETRY_MS);
    }
    if (this.client.auth.me === undefined) this.tell({ what: 'session-ended', reason: 'it could not be restored' });
    else this.client.connect();
  }

  status(): DeviceStatus {
    const { name, person } = this.spec;
    this.look();
    return {
      device: name,
      personId: person.id,
      connected: this.client.connection.state === 'online',
      ready: this.client.store.ready,
      presence: this.presence,
      waiting: this.#waiting.size,
      seen: {},
    };
  }

  /** Nothing is told any more. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#looking);
    this.client.disconnect();
  }

  private begin(entries: readonly OutboxEntry[], refreshToken: string | undefined): ChatrClient {
    [this.#outbox, this.#refreshToken] = [entries, refreshToken];
    const client: ChatrClient = new ChatrClient({
      baseUrl: this.spec.url,
      transport: 'body',
      onSessionEnded: (reason) => this.of(client, () => this.tell({ what: 'session-ended', reason })),
      tokenStorage: {
        load: () => refreshToken,
        save: (token) => this.of(client, () => (this.#refreshToken = token)),
      },
      outboxStorage: {
        load: () => [...entries],
        save: (saved) => this.of(client, () => (this.#outbox = saved)),
      },
    });
    client.onConnectionChange(({ state }) => this.of(client, () => this.tell({ what: 'connection', state })));
    client.store.subscribe(({ chats, chatIds, presence }) => {
      this.of(client, () => {
        for (const person of presence)
          this.tell({ what: 'saw', person, status: client.store.presence(person)?.status ?? 'unknown' });
        for (const chatId of chatIds) this.lookSoon(chatId);
        if (chats) for (const { id } of client.store.chats) if (!this.#reached.has(id)) this.lookSoon(id);
      });
    });
    return client;
  }

  /** A client that was closed may still say something; it speaks for nobody then. */
  private of(client: ChatrClient, work: () => void): void {
    if (this.client === client) work();
  }

  private lookSoon(chatId: string): void {
    this.#dirty.add(chatId);
    this.#looking ??= setTimeout(() => this.look(), LOOK_MS);
  }

  private look(): void {
    clearTimeout(this.#looking);
    this.#looking = undefined;
    for (const chatId of this.#dirty) {
      this.settle(chatId);
      const chat = this.client.store.chat(chatId);
      if (chat === undefined) this.miss(chatId);
      else this.watch(chat);
    }
    this.#dirty.clear();
  }

  private watch({ id, firstSeq, version }: ChatView): void {
    const { reached, flaws } = this.#screen.look(id, this.client.store.messages(id), firstSeq);
    for (const flaw of flaws) {
      const once = `${id} ${flaw.problem} ${flaw.detail}`;
      if (this.#flaws.has(once)) continue;
      this.#flaws.add(once);
      this.tell({ what: 'view-broken', chatId: id, ...flaw });
    }
    const before = this.#reached.get(id);
    if (before?.seq === reached && before.version === version) return;
    this.#reached.set(id, { seq: reached, version });
    this.tell({ what: 'shown', chatId: id, seq: reached, version });
  }

  private miss(chatId: string): void {
    this.#screen.forget(chatId);
    if (this.#reached.delete(chatId)) this.tell({ what: 'chat-gone', chatId });
  }

  /** What became of the messages that were on their way. */
  private settle(chatId: string): void {
    const own = [...this.#waiting.values()].filter((sent) => sent.chatId === chatId);
    if (own.length === 0) return;
    const shown = new Map(this.client.store.messages(chatId).map((message) => [message.key, message]));
    for (const sent of own) {
      const message = shown.get(sent.clientId);
      if (message?.state === 'sending') continue;
      this.#waiting.delete(sent.clientId);
      if (message?.state === 'failed') {
        this.tell({ what: 'refused', chatId, clientId: sent.clientId, code: message.problem?.code ?? '' });
        this.client.discard(sent.clientId);
        continue;
      }
      // Where it is not shown, the outbox has let it go all the same, which it does when the server has it.
      const { id = '', seq = 0 } = message ?? {};
      this.tell({ what: 'acknowledged', chatId, clientId: sent.clientId, id, seq, by: 'store' });
      this.recent.push(sent);
      if (this.recent.length > REMEMBERED) this.recent.shift();
    }
  }
}
