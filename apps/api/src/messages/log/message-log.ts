import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type pg from 'pg';
import { TRANSIENT_PROBLEM_CODES } from '@chatr/contracts';
import { isDatabaseUnavailable, isSerializationFailure, LOG_POOL, ProblemError } from '../../platform/index.js';
import { appendBatch } from './append-batch.js';
import type { AppendDraft, Appended, AppendEntry, AppendOutcome } from './append.js';
import type { SendTurn } from './send-lane.js';

/** Drafts in one transaction at the most. */
const BATCH_SIZE = 256;
/** Drafts that may wait: beyond this a clear refusal serves people better than a wait without end. */
const QUEUE_LIMIT = 10_000;
/** How long a draft waits for a database that does not answer. */
const PATIENCE_MS = 8_000;
const RETRY_DELAY_MS = 250;

/**
 * The log of all chats. What is appended while a batch is being written goes together in the next one: throughput grows with
 * load, an acknowledgement still means committed, and nothing waits while there is nothing to wait for.
 */
@Injectable()
export class MessageLog implements OnApplicationShutdown {
  private readonly logger = new Logger(MessageLog.name);
  private queue: AppendEntry[] = [];
  /** The writing under way; one batch at a time keeps the order in which drafts came. */
  private writing: Promise<void> | undefined;

  constructor(@Inject(LOG_POOL) private readonly pool: pg.Pool) {}

  /**
   * Appends a message, or finds the one that this sender already has under this `clientId`. Drafts are written in the order of
   * the calls. Resolves once the message is committed.
   * @throws ProblemError not_a_member, not_found (the answered message); overloaded, unavailable, send_again: send it again
   */
  append(draft: AppendDraft, turn?: SendTurn): Promise<Appended> {
    return new Promise((resolve, reject) => {
      const entry: AppendEntry = { draft, turn, deadline: performance.now() + PATIENCE_MS, resolve, reject };
      const refusal = turn?.enter(draft.chatId, draft.clientId);
      if (refusal !== undefined) {
        reject(refusal);
        return;
      }
      if (this.queue.length >= QUEUE_LIMIT) {
        refuse(
          entry,
          new ProblemError('overloaded', 'Too many messages are waiting. Try again in a moment.', { retryAfter: 1 }),
        );
        return;
      }
      this.queue.push(entry);
      this.writing ??= this.write();
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.writing;
  }

  private async write(): Promise<void> {
    while (this.queue.length > 0) {
      const batch = this.nextBatch();
      if (batch.length > 0) await this.settle(batch);
    }
    this.writing = undefined;
  }

  /** Takes the oldest drafts, without those whose lane was blocked while they waited. */
  private nextBatch(): AppendEntry[] {
    const taken = this.queue.splice(0, BATCH_SIZE);
    return taken.filter((entry) => {
      const refusal = entry.turn?.check(entry.draft.chatId, entry.draft.clientId);
      if (refusal !== undefined) entry.reject(refusal);
      return refusal === undefined;
    });
  }

  /** Writes a batch and answers each of its entries. Never throws. */
  private async settle(batch: readonly AppendEntry[]): Promise<void> {
    try {
      const outcomes = await this.writeUntilPatienceEnds(batch);
      batch.forEach((entry, index) => answer(entry, outcomes[index]));
    } catch (error) {
      if (isDatabaseUnavailable(error)) {
        this.logger.warn({ err: error, messages: batch.length }, 'messages were refused, the database does not answer');
        const cause = new ProblemError('unavailable', 'The message could not be stored right now. Try again.', {
          retryAfter: 1,
          cause: error,
        });
        for (const entry of batch) refuse(entry, cause);
      } else if (batch.length === 1 && batch[0] !== undefined) {
        refuse(batch[0], error);
      } else {
        // One bad draft must not cost the others theirs: each is tried alone.
        this.logger.warn({ err: error, messages: batch.length }, 'a batch failed, its messages are written one by one');
        for (const entry of batch) await this.settle([entry]);
      }
    }
  }

  /** While the database is away, or a commit's answer got lost, the batch is written again: what is there already is found. */
  private async writeUntilPatienceEnds(batch: readonly AppendEntry[]): Promise<AppendOutcome[]> {
    const deadline = Math.min(...batch.map((entry) => entry.deadline));
    for (;;) {
      try {
        return await this.writeOnce(batch.map((entry) => entry.draft));
      } catch (error) {
        const passing = isDatabaseUnavailable(error) || isSerializationFailure(error);
        if (!passing || performance.now() + RETRY_DELAY_MS > deadline) throw error;
        await new Promise((resolve) => setTimeout(resolve, RETRY_DELAY_MS));
      }
    }
  }

  private async writeOnce(drafts: readonly AppendDraft[]): Promise<AppendOutcome[]> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    // A connection that breaks between two statements says so by an event, which must not go unheard.
    const onBreak = (error: Error): void => void (broken = error);
    client.on('error', onBreak);
    try {
      return await appendBatch(client, drafts);
    } catch (error) {
      // A connection that does not answer would not answer the rollback either: it is thrown away.
      if (isDatabaseUnavailable(error)) broken ??= error as Error;
      else await client.query('ROLLBACK').catch((failed: unknown) => (broken ??= failed as Error));
      throw error;
    } finally {
      client.off('error', onBreak);
      client.release(broken);
    }
  }
}

function answer(entry: AppendEntry, outcome: AppendOutcome | undefined): void {
  if (outcome === undefined) refuse(entry, new ProblemError('internal_error'));
  else if ('refused' in outcome) refuse(entry, outcome.refused);
  else entry.resolve(outcome.appended);
}

function refuse(entry: AppendEntry, error: unknown): void {
  if (error instanceof ProblemError && TRANSIENT_PROBLEM_CODES.has(error.code)) {
    entry.turn?.refused(entry.draft.chatId, entry.draft.clientId);
  }
  entry.reject(error);
}
