import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type pg from 'pg';
import { LOG_POOL, ProblemError } from '../../platform/index.js';
import type { AppendDraft, Appended, AppendEntry } from './append.js';
import { refuse } from './batch-writer.js';
import { LogWriter } from './log-writer.js';
import type { SendTurn } from './send-lane.js';

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
 * committed.
 */
@Injectable()
export class MessageLog implements OnApplicationShutdown {
  private readonly writer: LogWriter;
  private waiting = 0;
  private waitingLength = 0;
  private onRelief: (() => void)[] = [];

  constructor(@Inject(LOG_POOL) pool: pg.Pool) {
    this.writer = new LogWriter(pool, new Logger(MessageLog.name), () => this.relieve());
  }

  /**
   * Appends a message, or finds the one that this sender already has under this `clientId`. Drafts of one chat are written in the
   * order of the calls. Resolves once the message is committed.
   * @throws ProblemError not_a_member, not_found (the answered message), blocked, awaiting_acceptance; overloaded, unavailable, send_again: send it again
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
    return this.writer.backlog >= CONGESTED_AT;
  }

  /** Resolves once there is room again; at once where there is. */
  relieved(): Promise<void> {
    return this.congested ? new Promise((resolve) => this.onRelief.push(resolve)) : Promise.resolve();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.writer.finish();
  }

  private enqueue(entry: AppendEntry): void {
    const { content } = entry.draft;
    this.waiting += 1;
    this.waitingLength += content.length;
    const settled = (): void => {
      this.waiting -= 1;
      this.waitingLength -= content.length;
    };
    this.writer.add({
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

  private relieve(): void {
    if (this.onRelief.length === 0 || this.writer.backlog > RELIEVED_AT) return;
    for (const resolve of this.onRelief.splice(0)) resolve();
  }
}

function overloaded(): ProblemError {
  return new ProblemError('overloaded', 'Too many messages are waiting. Try again in a moment.', { retryAfter: 1 });
}
