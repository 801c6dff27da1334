import { ChatrError } from './errors.js';
import type { Replicas } from './replicas.js';
import type { Session } from './session.js';
import type { MessagePage } from './wire.js';

const PAGE = 50;

interface Loading {
  loading: boolean;
  error?: ChatrError;
}

const IDLE: Loading = Object.freeze({ loading: false });

/** Fetches pages of history, one at a time for each chat. */
export class History {
  readonly #chats = new Map<string, Loading>();
  readonly #newest = new Map<string, Promise<void>>();

  constructor(
    private readonly session: Session,
    private readonly replicas: Replicas,
    private readonly changed: (chatId: string) => void,
  ) {}

  state(chatId: string): Loading {
    return this.#chats.get(chatId) ?? IDLE;
  }

  clear(): void {
    this.#chats.clear();
    this.#newest.clear();
  }

  /** The newest page. Whoever asks while it is under way waits for the same one. */
  loadNewest(chatId: string): Promise<void> {
    const running = this.#newest.get(chatId);
    if (running !== undefined) return running;
    const loading = this.load(chatId, undefined).finally(() => this.#newest.delete(chatId));
    this.#newest.set(chatId, loading);
    return loading;
  }

  /** The page before what is shown. */
  async loadOlder(chatId: string): Promise<void> {
    const replica = this.replicas.get(chatId);
    if (replica === undefined || !replica.hasOlder || this.state(chatId).loading) return;
    await (replica.pageLoaded ? this.load(chatId, replica.oldestSeq) : this.loadNewest(chatId));
  }

  private async load(chatId: string, before: number | undefined): Promise<void> {
    this.show(chatId, { loading: true });
    try {
      const path = `/api/chats/${encodeURIComponent(chatId)}/messages`;
      const page = await this.session.send<MessagePage>({ method: 'GET', path, query: { before, limit: PAGE } });
      this.#chats.set(chatId, IDLE);
      this.replicas.addPage(chatId, page.items, before === undefined);
      this.show(chatId, IDLE);
    } catch (error) {
      if (!(error instanceof ChatrError)) throw error;
      this.show(chatId, { loading: false, error });
    }
  }

  private show(chatId: string, state: Loading): void {
    this.#chats.set(chatId, state);
    this.changed(chatId);
  }
}
