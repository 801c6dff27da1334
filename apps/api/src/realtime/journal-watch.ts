import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { CommitJournal, JOURNAL_KEPT_MS, type JournalRead, type MemberKey } from '../chats/index.js';
import { NodeLink } from '../platform/index.js';
import { MissedChangesRepository } from './missed-changes.repository.js';

/** How often the journal is read. What another node could not tell is told here this much later, at the most. */
const LOOK_EVERY_MS = 2_000;
/** A link that breaks again and again is no reason to look all the time. */
const LOOK_AGAIN_MS = 500;
const TRIM_EVERY_MS = 60_000;
/** A memberships' time is that of its transaction's beginning, which lies before its commit. */
const MARGIN_MS = 60_000;

export interface JournalListener {
  /** Up to which version each chat that is followed here was told. */
  heads(): ReadonlyMap<string, number>;
  /** A chat has reached this version. */
  reached(chatId: string, version: number): void;
  /** These people, who may be connected here, are in a chat. */
  joined(chatId: string, userIds: readonly string[]): void;
  /** The positions of these members, who may be in chats that are followed here, have moved on. */
  moved(members: readonly MemberKey[]): void;
  connectedUserIds(): string[];
}

/**
 * Finds out what was committed and not told: by the commit journal, every two seconds; and where the journal does not reach back
 * (the database was away, or this process stood still), by comparing everything that is followed here with what is stored.
 */
@Injectable()
export class JournalWatch implements OnApplicationShutdown {
  private readonly logger = new Logger(JournalWatch.name);
  private timers: NodeJS.Timeout[] = [];
  private listener: JournalListener;
  private horizon: string | undefined;
  /** When the last read began, in milliseconds of `performance.now()`. */
  private readAt = performance.now();
  private looking: Promise<void> | undefined;

  constructor(
    private readonly journal: CommitJournal,
    private readonly missed: MissedChangesRepository,
    private readonly link: NodeLink,
  ) {}

  start(listener: JournalListener): void {
    this.listener = listener;
    this.timers = [
      setInterval(() => void this.look(), LOOK_EVERY_MS).unref(),
      setInterval(() => void this.trim(), TRIM_EVERY_MS).unref(),
    ];
    // A look that has just been taken saw nearly all; the next one comes by itself.
    this.link.onGap(() => {
      if (performance.now() - this.readAt > LOOK_AGAIN_MS) void this.look();
    });
    void this.look();
  }

  async onApplicationShutdown(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    await this.looking;
  }

  private look(): Promise<void> {
    return (this.looking ??= this.lookOnce().finally(() => (this.looking = undefined)));
  }

  private async trim(): Promise<void> {
    try {
      await this.journal.trim();
    } catch (error) {
      this.logger.warn({ err: error }, 'the journal could not be trimmed');
    }
  }

  private async lookOnce(): Promise<void> {
    const startedAt = performance.now();
    try {
      const reachesBack = startedAt - this.readAt < JOURNAL_KEPT_MS / 2;
      if (this.horizon !== undefined && reachesBack) this.tell(await this.journal.read(this.horizon));
      else await this.compareAll(startedAt - this.readAt + MARGIN_MS);
      this.readAt = startedAt;
    } catch {
      // The database is away; what needs it says so. When it is back it may be another one, a standby, with numbers of its own.
      this.horizon = undefined;
    }
  }

  private async compareAll(sinceMs: number): Promise<void> {
    const horizon = await this.journal.start();
    for (const { chatId, version } of await this.missed.behind(this.listener.heads())) {
      this.listener.reached(chatId, version);
    }
    const joined = await this.missed.joinedWithin(sinceMs / 1000, this.listener.connectedUserIds());
    for (const { chatId, userIds } of joined) this.listener.joined(chatId, userIds);
    this.listener.moved(await this.journal.movedWithin(sinceMs / 1000));
    this.horizon = horizon;
  }

  private tell({ horizon, heads, joined, moved }: JournalRead): void {
    for (const { chatId, version } of heads) this.listener.reached(chatId, version);
    for (const { chatId, userIds } of joined) this.listener.joined(chatId, userIds);
    this.listener.moved(moved);
    this.horizon = horizon;
  }
}
