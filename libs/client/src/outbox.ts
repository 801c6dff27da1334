import type { ChatrError } from './errors.js';
import { OutboxLane } from './outbox-lane.js';
import type { OutboxEntry, OutboxStorage } from './options.js';
import type { Random } from './timing.js';
import type { Message } from './wire.js';

export interface OutboxHandlers {
  /** @throws ChatrError */
  send(entry: OutboxEntry): Promise<{ message: Message }>;
  /** The server answered with the message. */
  sent(message: Message): void;
  /** What waits in this chat changed. */
  changed(chatId: string): void;
}

const NOTHING: readonly OutboxEntry[] = Object.freeze([]);

/** Every message that was written here and that the server has not confirmed: those on their way, and those it refused. */
export class Outbox {
  /** All of them, in the order of writing. Entries are replaced, never changed. */
  readonly #entries = new Map<string, OutboxEntry>();
  readonly #byChat = new Map<string, readonly OutboxEntry[]>();
  readonly #lanes = new Map<string, OutboxLane>();
  #online = false;
  #saving: Promise<void> | undefined;

  constructor(
    private readonly storage: OutboxStorage,
    private readonly random: Random,
    private readonly handlers: OutboxHandlers,
  ) {}

  /** Takes up what an earlier start left behind. */
  async load(): Promise<void> {
    for (const entry of await this.storage.load()) if (!this.#entries.has(entry.clientId)) this.put(entry);
  }

  in(chatId: string): readonly OutboxEntry[] {
    return this.#byChat.get(chatId) ?? NOTHING;
  }

  add(entry: OutboxEntry): void {
    this.put(entry);
    this.save();
  }

  connected(): void {
    this.#online = true;
    for (const lane of this.#lanes.values()) lane.connected();
  }

  disconnected(): void {
    this.#online = false;
    for (const lane of this.#lanes.values()) lane.disconnected();
  }

  /** Sends a refused message again, behind what waits. */
  retry(clientId: string): void {
    const entry = this.#entries.get(clientId);
    if (entry?.problem === undefined) return;
    this.#entries.delete(clientId);
    const { problem: _settled, ...again } = entry;
    this.put(again);
    this.save();
  }

  /** Drops a message that was refused or has not left yet; false when it may be on the server already. */
  discard(clientId: string): boolean {
    const entry = this.#entries.get(clientId);
    if (entry === undefined) return false;
    if (entry.problem === undefined && this.#lanes.get(entry.chatId)?.recall(clientId) === undefined) return false;
    this.drop(entry);
    return true;
  }

  /** A message of this person is in the log. */
  confirm({ clientId, chatId }: Message): void {
    const entry = this.#entries.get(clientId);
    if (entry?.chatId !== chatId) return;
    this.#lanes.get(chatId)?.settle(clientId);
    this.drop(entry);
  }

  /** Forgets everything: another person is going to use this client. */
  clear(): void {
    for (const lane of this.#lanes.values()) lane.disconnected();
    this.#lanes.clear();
    for (const entry of [...this.#entries.values()]) this.drop(entry);
  }

  private put(entry: OutboxEntry): void {
    this.#entries.set(entry.clientId, entry);
    this.refresh(entry.chatId);
    if (entry.problem === undefined) this.lane(entry.chatId).add(entry);
  }

  private drop(entry: OutboxEntry): void {
    this.#entries.delete(entry.clientId);
    this.refresh(entry.chatId);
    this.save();
  }

  private lane(chatId: string): OutboxLane {
    const held = this.#lanes.get(chatId);
    if (held !== undefined) return held;
    const lane = new OutboxLane(this.random, {
      send: (entry) => this.handlers.send(entry),
      sent: (entry, message) => {
        this.handlers.sent(message);
        this.drop(entry);
      },
      refused: (entry, error) => this.refuse(entry, error),
    });
    this.#lanes.set(chatId, lane);
    if (this.#online) lane.connected();
    return lane;
  }

  private refuse(entry: OutboxEntry, { problem }: ChatrError): void {
    this.#entries.set(entry.clientId, { ...entry, problem });
    this.refresh(entry.chatId);
    this.save();
  }

  private refresh(chatId: string): void {
    const entries = [...this.#entries.values()].filter((entry) => entry.chatId === chatId);
    if (entries.length > 0) this.#byChat.set(chatId, entries);
    else this.#byChat.delete(chatId);
    this.handlers.changed(chatId);
  }

  /** Saves once for all that changes in one go, and one after the other. */
  private save(): void {
    if (this.#saving !== undefined) return;
    this.#saving = Promise.resolve().then(async () => {
      this.#saving = undefined;
      await this.storage.save([...this.#entries.values()]);
    });
  }
}

/** Keeps messages on their way for as long as the client lives. */
export class MemoryOutboxStorage implements OutboxStorage {
  #entries: readonly OutboxEntry[] = [];

  load(): OutboxEntry[] {
    return [...this.#entries];
  }

  save(entries: readonly OutboxEntry[]): void {
    this.#entries = entries;
  }
}
