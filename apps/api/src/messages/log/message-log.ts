import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type pg from 'pg';
import { LOG_POOL, ProblemError } from '../../platform/index.js';
import type { AppendDraft, Appended, AppendEntry } from './append.js';
import { LogWriter, refuse } from './log-writer.js';
import type { SendTurn } from './send-lane.js';

/** Writers of one node: while one waits for the database, the other's messages are taken in and told. */
const WRITERS = 2;
/** Drafts that may wait, and the length of their texts together in UTF-16 code units: a clear refusal serves people better than a wait without end. */
const WAITING_LIMIT = 20_000;
const WAITING_LENGTH = 16_000_000;
/** Where so many wait for their batch, no more should be brought; down to so many, it is time for more. */
const CONGESTED_AT = 2_000;
const RELIEVED_AT = 1_000;
/** How long a draft waits for a database that does not answer. */
const PATIENCE_MS = 8_000;

/**
 * The log of all chats. Throughput grows with load, as messages share transactions and flushes; an acknowledgement still means
 * committed. A chat belongs to one writer, so its messages keep the order in which they came.
 */
@Injectable()
export class MessageLog implements OnApplicationShutdown {
  private readonly writers: readonly LogWriter[];
  private waiting = 0;
  private waitingLength = 0;
  private onRelief: (() => void)[] = [];

  constructor(@Inject(LOG_POOL) pool: pg.Pool) {
    const logger = new Logger(MessageLog.name);
    this.writers = Array.from({ length: WRITERS }, () => new LogWriter(pool, logger, () => this.relieve()));
  }

  /**
   * Appends a message, or finds the one that this sender already has under this `clientId`. Drafts of one chat are written in the
   * order of the calls. Resolves once the message is committed.
   * @throws ProblemError not_a_member, not_found (the answered message); overloaded, unavailable, send_again: send it again
   */
  append(draft: AppendDraft, turn?: SendTurn): Promise<Appended> {
    return new Promise((resolve, reject) => {
      const entry: AppendEntry = { draft, turn, deadline: performance.now() + PATIENCE_MS, resolve, reject };
      const refusal = turn?.enter(draft.chatId, draft.clientId);
      if (refusal !== undefined) reject(refusal);
      else if (this.waiting >= WAITING_LIMIT || this.waitingLength >= WAITING_LENGTH) refuse(entry, overloaded());
      else this.enqueue(entry);
    });
  }

  /** Whether more waits than is soon written. What waits for a chat that somebody else holds does not count: others pass it. */
  get congested(): boolean {
    return this.backlog >= CONGESTED_AT;
  }

  /** Resolves once there is room again; at once where there is. */
  relieved(): Promise<void> {
    return this.congested ? new Promise((resolve) => this.onRelief.push(resolve)) : Promise.resolve();
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.writers.map((writer) => writer.finish()));
  }

  private enqueue(entry: AppendEntry): void {
    const { chatId, content } = entry.draft;
    this.waiting += 1;
    this.waitingLength += content.length;
    const settled = (): void => {
      this.waiting -= 1;
      this.waitingLength -= content.length;
    };
    this.writerOf(chatId)?.add({
      ...entry,
      resolve: (appended) => {
        settled();
        entry.resolve(appended);
      },
      reject: (error) => {
        settled();
        entry.reject(error);
      },
    });
  }

  private get backlog(): number {
    return this.writers.reduce((sum, writer) => sum + writer.backlog, 0);
  }

  private relieve(): void {
    if (this.onRelief.length === 0 || this.backlog > RELIEVED_AT) return;
    for (const resolve of this.onRelief.splice(0)) resolve();
  }

  /** The last characters of an id are random. */
  private writerOf(chatId: string): LogWriter | undefined {
    return this.writers[Number.parseInt(chatId.slice(-4), 16) % this.writers.length];
  }
}

function overloaded(): ProblemError {
  return new ProblemError('overloaded', 'Too many messages are waiting. Try again in a moment.', { retryAfter: 1 });
}
