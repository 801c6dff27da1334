import type { Logger } from '@nestjs/common';
import type pg from 'pg';
import { TRANSIENT_PROBLEM_CODES } from '@chatr/contracts';
import {
  isDatabaseUnavailable,
  isLockTimeout,
  isSerializationFailure,
  isUniqueViolation,
  ProblemError,
} from '../../platform/index.js';
import { appendBatch, appendUncontended } from './append-batch.js';
import { type AppendEntry, type AppendOutcome, nameOf } from './append.js';
import { HeldChats } from './held-chats.js';

/** Drafts in one transaction at the most, and the length of their texts together in UTF-16 code units. */
const BATCH_SIZE = 256;
const BATCH_LENGTH = 500_000;
const RETRY_DELAY_MS = 250;
/**
 * Writes the messages of its share of the chats, one batch after the other: that keeps the order in which drafts came. What is
 * appended while a batch is being written goes together in the next one; nothing waits while there is nothing to wait for.
 */
export class LogWriter {
  private queue: AppendEntry[] = [];
  private writing: Promise<void> | undefined;
  private readonly held = new HeldChats();

  constructor(
    private readonly pool: pg.Pool,
    private readonly logger: Logger,
    /** Hears when a batch was taken from the queue. */
    private readonly advanced: () => void,
  ) {}

  /** How many wait for their batch. */
  get backlog(): number {
    return this.queue.length;
  }

  add(entry: AppendEntry): void {
    this.queue.push(entry);
    this.writing ??= this.write();
  }

  /** Resolves once nothing waits any more. */
  async finish(): Promise<void> {
    await this.writing;
  }

  private async write(): Promise<void> {
    while (this.queue.length > 0 || !this.held.isEmpty) {
      // What else this turn of the event loop brings (a socket's burst, answers to what was just acknowledged) goes along.
      await new Promise((resolve) => setImmediate(resolve));
      const retried = this.admitted(this.held.take(BATCH_SIZE / 2));
      const batch = [...retried, ...this.admitted(this.takeFromQueue(BATCH_SIZE - retried.length))];
      this.advanced();
      if (batch.length > 0) await this.settle(batch, retried.length > 0 ? appendUncontended : appendBatch);
      else await delay(this.held.pause);
      this.held.release();
    }
    this.writing = undefined;
  }

  /** Takes the oldest drafts, but for those that have to wait with others of their chat. */
  private takeFromQueue(limit: number): AppendEntry[] {
    let length = 0;
    const end = this.queue.findIndex(({ draft }, index) => {
      length += draft.content.length;
      return index === limit || (index > 0 && length > BATCH_LENGTH);
    });
    const taken = this.queue.splice(0, end === -1 ? this.queue.length : end);
    return this.held.isEmpty ? taken : taken.filter((entry) => !this.held.keepBehind(entry));
  }

  /** Those whose lane was not blocked while they waited. */
  private admitted(entries: readonly AppendEntry[]): AppendEntry[] {
    return entries.filter((entry) => {
      const refusal = entry.turn?.check(entry.draft.chatId, entry.draft.clientId);
      if (refusal !== undefined) entry.reject(refusal);
      return refusal === undefined;
    });
  }

  /** Writes a batch and answers each of its entries. Never throws. */
  private async settle(batch: readonly AppendEntry[], write: typeof appendBatch): Promise<void> {
    // Two devices, or a hasty retry, may have put the same draft into one batch: it is appended once and answered to both.
    const groups = [...Map.groupBy(batch, (entry) => nameOf(entry.draft)).values()];
    try {
      const outcomes = await this.writeUntilPatienceEnds(groups, write);
      this.answer(groups, outcomes);
    } catch (error) {
      if (isLockTimeout(error)) {
        if (groups.length === 1) this.hold(batch);
        else for (const group of groups) await this.settleAlone(group);
      } else if (isDatabaseUnavailable(error)) {
        this.logger.warn({ err: error, messages: batch.length }, 'messages were refused, the database does not answer');
        refuseAll(batch, error);
        this.refuseLate(error);
      } else if (groups.length === 1) {
        for (const entry of batch) refuse(entry, error);
      } else {
        // One bad draft must not cost the others theirs: each is tried alone.
        this.logger.warn({ err: error, messages: batch.length }, 'a batch failed, its messages are written one by one');
        for (const group of groups) await this.settleAlone(group);
      }
    }
  }

  /** One draft of a batch that failed; when the chat was found held since, it waits behind those that came before it. */
  private async settleAlone(group: readonly AppendEntry[]): Promise<void> {
    const free = this.admitted(group.filter((entry) => !this.held.keepBehind(entry)));
    if (free.length > 0) await this.settle(free, appendUncontended);
  }

  private answer(groups: readonly AppendEntry[][], outcomes: readonly AppendOutcome[]): void {
    const contended: AppendEntry[] = [];
    groups.forEach((entries, index) => {
      const outcome = outcomes[index];
      if (outcome !== undefined && 'contended' in outcome) contended.push(...entries);
      else entries.forEach((entry, place) => answer(entry, outcome, place > 0));
    });
    this.hold(contended);
  }

  /** Puts drafts aside whose chat somebody else holds, unless they have waited long enough. */
  private hold(entries: readonly AppendEntry[]): void {
    const now = performance.now();
    refuseAll(
      entries.filter((entry) => now > entry.deadline),
      new Error('the chat stayed locked'),
    );
    this.held.keep(entries.filter((entry) => now <= entry.deadline));
  }

  /** The database did not answer for so long that others' time is over, too: they need not try in their turn. */
  private refuseLate(cause: unknown): void {
    const now = performance.now();
    const late = this.queue.filter((entry) => now > entry.deadline);
    this.queue = this.queue.filter((entry) => now <= entry.deadline);
    refuseAll(late, cause);
  }

  /** While the database is away, or a commit's answer got lost, the batch is written again: what is there already is found. */
  private async writeUntilPatienceEnds(
    groups: readonly AppendEntry[][],
    write: typeof appendBatch,
  ): Promise<AppendOutcome[]> {
    const deadline = Math.min(...groups.flat().map((entry) => entry.deadline));
    for (;;) {
      try {
        return await this.writeOnce(groups, write);
      } catch (error) {
        if (isLockTimeout(error)) {
          // Somebody holds a chat of this batch, or, where it was not that, a sender's row. The others' must not wait for it.
          if (write === appendUncontended) throw error;
          write = appendUncontended;
          continue;
        }
        const passing =
          isDatabaseUnavailable(error) ||
          isSerializationFailure(error) ||
          // A commit that was given up was carried out after all.
          isUniqueViolation(error, 'messages_client_id');
        if (!passing || performance.now() + RETRY_DELAY_MS > deadline) throw error;
        await delay(RETRY_DELAY_MS);
      }
    }
  }

  private async writeOnce(groups: readonly AppendEntry[][], write: typeof appendBatch): Promise<AppendOutcome[]> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    // A connection that breaks between two statements says so by an event, which must not go unheard.
    const onBreak = (error: Error): void => void (broken = error);
    client.on('error', onBreak);
    try {
      return await write(
        client,
        groups.flatMap(([entry]) => (entry === undefined ? [] : [entry.draft])),
      );
    } catch (error) {
      // A connection that does not answer would not answer the rollback either: it is thrown away.
      if (isDatabaseUnavailable(error) && !isLockTimeout(error)) broken ??= error as Error;
      else await client.query('ROLLBACK').catch((failed: unknown) => (broken ??= failed as Error));
      throw error;
    } finally {
      client.off('error', onBreak);
      client.release(broken);
    }
  }
}

function answer(entry: AppendEntry, outcome: AppendOutcome | undefined, repeated: boolean): void {
  if (outcome === undefined || 'contended' in outcome) refuse(entry, new ProblemError('internal_error'));
  else if ('refused' in outcome) refuse(entry, outcome.refused);
  else entry.resolve(repeated ? { ...outcome.appended, replayed: true } : outcome.appended);
}

function refuseAll(entries: readonly AppendEntry[], cause: unknown): void {
  if (entries.length === 0) return;
  const problem = new ProblemError('unavailable', 'The message could not be stored right now. Try again.', {
    retryAfter: 1,
    cause,
  });
  for (const entry of entries) refuse(entry, problem);
}

/** Refuses an entry; when the reason may pass, what its sender sent after it has to wait for it. */
export function refuse(entry: AppendEntry, error: unknown): void {
  if (error instanceof ProblemError && TRANSIENT_PROBLEM_CODES.has(error.code)) {
    entry.turn?.refused(entry.draft.chatId, entry.draft.clientId);
  }
  entry.reject(error);
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
