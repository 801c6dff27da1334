import { LIMITS } from '@chatr/contracts';
import { ChatrError } from './errors.js';
import type { Replicas } from './replicas.js';
import { backoffMs, type Random, type Timer } from './timing.js';
import type { SyncAnswer, SyncRequest } from './wire.js';

export interface SyncHandlers {
  /** @throws ChatrError */
  exchange(request: SyncRequest): Promise<SyncAnswer>;
  /** Everything that was missed has been taken in. */
  caughtUp(): void;
}

/** Asks the server for what was missed, one question at a time: for all chats after each connection, for single ones in between. */
export class Sync {
  #cursor: string | undefined;
  /** Chats to be asked about. */
  readonly #wanted = new Set<string>();
  /** Whether `joined` and `left` have more to tell. */
  #joinsWanted = false;
  /** Counts connections, so that what was begun on an earlier one ends. */
  #connection = 0;
  #running = false;
  #connected = false;
  #attempt = 0;
  #timer: Timer | undefined;

  constructor(
    private readonly replicas: Replicas,
    private readonly random: Random,
    private readonly handlers: SyncHandlers,
  ) {}

  /** Forgets what has been told so far: the next sync fetches everything. */
  reset(): void {
    this.#cursor = undefined;
    this.#wanted.clear();
  }

  /** The connection stands: asks for everything that happened since the last one. */
  connected(): void {
    this.#connection++;
    this.#connected = true;
    this.#running = false;
    this.#attempt = 0;
    this.#joinsWanted = true;
    for (const chatId of this.replicas.all().keys()) this.#wanted.add(chatId);
    void this.run();
  }

  disconnected(): void {
    this.#connected = false;
    clearTimeout(this.#timer);
  }

  /** Asks about one chat, soon. */
  want(chatId: string): void {
    this.#wanted.add(chatId);
    if (this.#connected) void this.run();
  }

  private async run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    clearTimeout(this.#timer);
    const connection = this.#connection;
    await Promise.resolve(); // what is wanted in one go is asked in one question
    try {
      while (this.#connected && connection === this.#connection && (this.#joinsWanted || this.#wanted.size > 0)) {
        await this.ask(connection);
      }
      if (connection !== this.#connection || !this.#connected) return;
      this.#attempt = 0;
      this.handlers.caughtUp();
    } catch (error) {
      if (!(error instanceof ChatrError)) throw error;
      if (connection === this.#connection && this.#connected) this.askAgainAfter(error);
    } finally {
      if (connection === this.#connection) this.#running = false;
    }
  }

  private askAgainAfter({ retryAfter }: ChatrError): void {
    const delay = Math.max(backoffMs(this.#attempt++, this.random), (retryAfter ?? 0) * 1_000);
    this.#timer = setTimeout(() => void this.run(), delay);
  }

  private async ask(connection: number): Promise<void> {
    const asked = [...this.#wanted]
      .slice(0, LIMITS.syncChats)
      .map((chatId) => [chatId, this.versionToName(chatId)] as const);
    for (const [chatId] of asked) this.#wanted.delete(chatId);
    this.replicas.expectAnswer();
    let answer: SyncAnswer;
    try {
      const cursor = this.#cursor === undefined ? {} : { cursor: this.#cursor };
      answer = await this.handlers.exchange({
        ...cursor,
        ...(asked.length === 0 ? {} : { chats: Object.fromEntries(asked) }),
      });
    } catch (error) {
      if (connection === this.#connection) for (const [chatId] of asked) this.#wanted.add(chatId);
      throw error;
    }
    if (connection !== this.#connection) return;
    this.#cursor = answer.cursor;
    this.#joinsWanted = answer.hasMore;
    for (const [chatId, changes] of Object.entries(answer.chats)) if (changes.hasMore) this.#wanted.add(chatId);
    for (const [chatId, version] of asked) {
      // A server that was restored from a backup stands where it stood then: what came after is gone.
      if ((answer.chats[chatId]?.version ?? version) < version) this.replicas.restart(chatId);
    }
    this.replicas.applyAnswer(answer);
  }

  /** The version to ask from: one less where the chat as it stands is wanted too, for that comes with changes only. */
  private versionToName(chatId: string): number {
    const replica = this.replicas.get(chatId);
    if (replica === undefined) return 0;
    return replica.needsFacts ? Math.max(0, replica.version - 1) : replica.version;
  }
}
