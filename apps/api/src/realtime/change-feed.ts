import { Logger } from '@nestjs/common';
import type { ChatChanged } from '../chats/index.js';

/** How long a change waits for the ones before it, which may be on their way, before the log is asked. */
const GAP_PATIENCE_MS = 100;
/** How long a log that cannot be read is left alone. */
const RETRY_MS = 1_000;

export interface ChangeFeedPort {
  /** Every change of a chat above a version, ascending, read from the log, and the version the chat stands at. */
  readMissed(chatId: string, above: number): Promise<{ changes: ChatChanged[]; version: number }>;
  /** Tells a change to those connected here. The next change of the chat waits for it. */
  emit(change: ChatChanged): Promise<void> | void;
  /** Whether a change of a chat that nobody here is in concerns somebody who is connected here. */
  concernsNewcomers(change: ChatChanged): boolean;
}

interface Progress {
  /** The version up to which everything was told. */
  emitted: number;
  /** Up to this version everything that is still to be told is among those waiting. */
  complete: number;
  /** Changes that were not told yet, by version. Most chats have none most of the time. */
  waiting: Map<number, ChatChanged> | undefined;
  /** A version that the chat is said to have reached; what lies before it may have been missed. */
  expected: number;
  running: boolean;
  gapTimer: NodeJS.Timeout | undefined;
}

/**
 * Emits the changes of each chat strictly in the order of their versions. What is published is a hint only: a change that comes
 * too early waits, one that comes again is dropped, and one that does not come is read from the log.
 */
export class ChangeFeed {
  private readonly logger = new Logger(ChangeFeed.name);
  private readonly chats = new Map<string, Progress>();

  constructor(private readonly port: ChangeFeedPort) {}

  /** Somebody in the chat is connected here. They know it as it is at `version`, or will sync. */
  track(chatId: string, version: number): void {
    if (this.chats.has(chatId)) return;
    this.chats.set(chatId, {
      emitted: version,
      complete: version,
      waiting: undefined,
      expected: version,
      running: false,
      gapTimer: undefined,
    });
  }

  /** Nobody in the chat is connected here any more. */
  untrack(chatId: string): void {
    clearTimeout(this.chats.get(chatId)?.gapTimer);
    this.chats.delete(chatId);
  }

  /** Up to which version each chat was told. */
  heads(): Map<string, number> {
    return new Map([...this.chats].map(([chatId, { emitted }]) => [chatId, emitted]));
  }

  accept(change: ChatChanged): void {
    if (!this.chats.has(change.chatId) && this.port.concernsNewcomers(change))
      this.track(change.chatId, change.version - 1);
    const progress = this.chats.get(change.chatId);
    if (progress === undefined || change.version <= progress.emitted) return;
    wait(progress, change);
    this.advance(change.chatId, progress);
  }

  /** Whether somebody in the chat is connected here. */
  follows(chatId: string): boolean {
    return this.chats.has(chatId);
  }

  /** A followed chat is known to have reached this version: what of it does not come by itself is read from the log. */
  expect(chatId: string, version: number): void {
    const progress = this.chats.get(chatId);
    if (progress === undefined || version <= progress.emitted) return;
    progress.expected = Math.max(progress.expected, version);
    this.awaitGap(chatId, progress);
  }

  /** Follows a chat from `version` on, after `work`: what changes meanwhile is told when that is done. */
  trackAfter(chatId: string, version: number, work: () => Promise<void>): void {
    this.track(chatId, version);
    const progress = this.chats.get(chatId);
    if (progress !== undefined && !progress.running) this.occupy(chatId, progress, work());
  }

  private advance(chatId: string, progress: Progress): void {
    if (progress.running) return;
    for (let next = takeNext(progress); next !== undefined; next = takeNext(progress)) {
      const emission = this.emit(next);
      if (emission === undefined) continue;
      this.occupy(chatId, progress, emission);
      return;
    }
    if (progress.waiting !== undefined || progress.emitted < progress.expected) this.awaitGap(chatId, progress);
  }

  /** Nothing is told of the chat until this is done. */
  private occupy(chatId: string, progress: Progress, work: Promise<void>): void {
    progress.running = true;
    const done = (): void => {
      progress.running = false;
      this.advance(chatId, progress);
    };
    work.then(done, (error: unknown) => {
      this.logger.error({ err: error, chatId }, 'a change was not told');
      done();
    });
  }

  private emit(change: ChatChanged): Promise<void> | undefined {
    const failed = (error: unknown): void =>
      this.logger.error({ err: error, chatId: change.chatId, version: change.version }, 'a change was not told');
    try {
      return this.port.emit(change)?.catch(failed);
    } catch (error) {
      failed(error);
      return undefined;
    }
  }

  private awaitGap(chatId: string, progress: Progress, waitMs = GAP_PATIENCE_MS): void {
    progress.gapTimer ??= setTimeout(() => void this.fillGap(chatId, progress), waitMs).unref();
  }

  private async fillGap(chatId: string, progress: Progress): Promise<void> {
    // What was missing may have come meanwhile.
    if (progress.waiting === undefined && progress.emitted >= progress.expected) {
      progress.gapTimer = undefined;
      return;
    }
    try {
      const before = progress.emitted;
      const { changes, version } = await this.port.readMissed(chatId, before);
      progress.gapTimer = undefined;
      // A read that leads on may be followed at once: it was a page, or the chat moved meanwhile. Others have time.
      if (version <= before && progress.emitted === before) this.awaitGap(chatId, progress, RETRY_MS);
      for (const change of changes) if (change.version > progress.emitted) wait(progress, change);
      // What changed again since has no change of its own any more. Up to the head that was read, nothing else will come.
      progress.complete = Math.max(progress.complete, version);
      this.advance(chatId, progress);
    } catch (error) {
      this.logger.warn({ err: error, chatId }, 'missed changes could not be read yet');
      progress.gapTimer = undefined;
      // The chat may have been left alone in the meantime.
      if (this.chats.get(chatId) === progress) this.awaitGap(chatId, progress, RETRY_MS);
    }
  }
}

function wait(progress: Progress, change: ChatChanged): void {
  progress.waiting ??= new Map();
  progress.waiting.set(change.version, change);
}

/** The change whose turn it is, if it is there. */
function takeNext(progress: Progress): ChatChanged | undefined {
  const { waiting } = progress;
  while (waiting?.has(progress.emitted + 1) !== true && progress.emitted < progress.complete) progress.emitted += 1;
  const next = waiting?.get(progress.emitted + 1);
  if (waiting === undefined || next === undefined) return undefined;
  waiting.delete(next.version);
  if (waiting.size === 0) progress.waiting = undefined;
  progress.emitted = next.version;
  return next;
}
