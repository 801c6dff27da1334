import type { Logger } from '@nestjs/common';
import type pg from 'pg';
import { TRANSIENT_PROBLEM_CODES } from '@chatr/contracts';
import {
  isDatabaseUnavailable,
  isLockTimeout,
  isSerializationFailure,
  isUniqueViolation,
  ProblemError,
  toProblemError,
} from '../../platform/index.js';
import { appendBatch, appendUncontended } from './append-batch.js';
import { type AppendEntry, type AppendOutcome, nameOf } from './append.js';

const RETRY_DELAY_MS = 250;

/** How a batch is written: `appendBatch`, or `appendUncontended` where some of its chats may be held. */
type Write = typeof appendBatch;

/** Writes batches, however long the database is away, and answers each entry. */
export class BatchWriter {
  constructor(
    private readonly pool: pg.Pool,
    private readonly logger: Logger,
    /** Hears when the database was away for longer than those wait who were in the batch. */
    private readonly gaveUp: (cause: unknown) => void,
  ) {}

  /**
   * Writes a batch and answers its entries, but for those whose chat somebody else holds. Never throws.
   * @returns those, in their order
   */
  async write(batch: readonly AppendEntry[], mayBeHeld: boolean): Promise<AppendEntry[]> {
    return this.settle(batch, mayBeHeld ? appendUncontended : appendBatch);
  }

  private async settle(batch: readonly AppendEntry[], write: Write): Promise<AppendEntry[]> {
    // Two devices, or a hasty retry, may have put the same draft into one batch: it is appended once and answered to both.
    const groups = [...Map.groupBy(batch, (entry) => nameOf(entry.draft)).values()];
    try {
      return stillInTime(answerAll(groups, await this.writeUntilPatienceEnds(groups, write)));
    } catch (error) {
      if (isLockTimeout(error)) return groups.length === 1 ? stillInTime(batch) : this.settleEach(groups);
      if (isDatabaseUnavailable(error)) {
        this.logger.warn({ err: error, messages: batch.length }, 'messages were refused, the database does not answer');
        refuseAll(batch, error);
        this.gaveUp(error);
        return [];
      }
      if (groups.length > 1) {
        // One bad draft must not cost the others theirs: each is tried alone.
        this.logger.warn({ err: error, messages: batch.length }, 'a batch failed, its messages are written one by one');
        return this.settleEach(groups);
      }
      // One that passes says so, and what the sender sent after it waits.
      const reason = isSerializationFailure(error) ? toProblemError(error) : error;
      for (const entry of batch) refuse(entry, reason);
      return [];
    }
  }

  /** The drafts of a batch that failed, one after the other; those of a chat that is found to be held wait behind the first one. */
  private async settleEach(groups: readonly AppendEntry[][]): Promise<AppendEntry[]> {
    const held: AppendEntry[] = [];
    for (const group of groups) {
      const free = stillInTime(admitted(group));
      const isHeld = held.some(({ draft }) => draft.chatId === free[0]?.draft.chatId);
      if (isHeld) held.push(...free);
      else if (free.length > 0) held.push(...(await this.settle(free, appendUncontended)));
    }
    return held;
  }

  /** While the database is away, or a commit's answer got lost, the batch is written again: what is there already is found. */
  private async writeUntilPatienceEnds(groups: readonly AppendEntry[][], write: Write): Promise<AppendOutcome[]> {
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
        await new Promise((resolve) => setTimeout(resolve, RETRY_DELAY_MS));
      }
    }
  }

  private async writeOnce(groups: readonly AppendEntry[][], write: Write): Promise<AppendOutcome[]> {
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
      // A connection that does not answer would not answer a rollback either: it is thrown away.
      if (isDatabaseUnavailable(error) && !isLockTimeout(error)) broken ??= error as Error;
      throw error;
    } finally {
      client.off('error', onBreak);
      client.release(broken);
    }
  }
}

/** Those whose lane was not blocked while they waited; the others are refused. */
export function admitted(entries: readonly AppendEntry[]): AppendEntry[] {
  return entries.filter((entry) => {
    const refusal = entry.turn?.check(entry.draft.chatId, entry.draft.clientId);
    if (refusal !== undefined) entry.reject(refusal);
    return refusal === undefined;
  });
}

/** Refuses an entry; when the reason may pass, what its sender sent after it has to wait for it. */
export function refuse(entry: AppendEntry, error: unknown): void {
  if (error instanceof ProblemError && TRANSIENT_PROBLEM_CODES.has(error.code)) {
    entry.turn?.refused(entry.draft.chatId, entry.draft.clientId);
  }
  entry.reject(error);
}

/** Refuses entries that could not be stored while their senders wait. */
export function refuseAll(entries: readonly AppendEntry[], cause: unknown): void {
  if (entries.length === 0) return;
  const problem = new ProblemError('unavailable', 'The message could not be stored right now. Try again.', {
    retryAfter: 1,
    cause,
  });
  for (const entry of entries) refuse(entry, problem);
}

/** Answers each entry with what became of its draft. @returns those whose chat is held */
function answerAll(groups: readonly AppendEntry[][], outcomes: readonly AppendOutcome[]): AppendEntry[] {
  return groups.flatMap((entries, index) => {
    const outcome = outcomes[index];
    if (outcome !== undefined && 'contended' in outcome) return entries;
    entries.forEach((entry, place) => answer(entry, outcome, place > 0));
    return [];
  });
}

function answer(
  entry: AppendEntry,
  outcome: Exclude<AppendOutcome, { contended: true }> | undefined,
  repeated: boolean,
): void {
  if (outcome === undefined) refuse(entry, new ProblemError('internal_error'));
  else if ('refused' in outcome) refuse(entry, outcome.refused);
  else entry.resolve(repeated ? { ...outcome.appended, replayed: true } : outcome.appended);
}

/** Those that have not waited too long for a chat that somebody else holds; the others are refused. */
function stillInTime(held: readonly AppendEntry[]): AppendEntry[] {
  const now = performance.now();
  refuseAll(
    held.filter(({ deadline }) => now > deadline),
    new Error('the chat stayed locked'),
  );
  return held.filter(({ deadline }) => now <= deadline);
}
