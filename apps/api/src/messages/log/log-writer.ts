import type { Logger } from '@nestjs/common';
import type pg from 'pg';
import type { AppendEntry } from './append.js';
import { admitted, BatchWriter, refuseAll } from './batch-writer.js';
import { WaitingChats } from './waiting-chats.js';

/** Drafts in one transaction at the most, and the length of their texts together in UTF-16 code units. */
const BATCH_SIZE = 256;
const BATCH_LENGTH = 500_000;
/** A larger batch takes no more than half of what waits: while the database writes one half, the other is told and answered. */
const WHOLE_BATCH = 64;
const TRANSACTIONS = 4;
/** What takes longer hangs: somebody holds a chat, or a connection does not answer. Others need not gather as much as it holds. */
const SLOW_MS = 100;
/** The least time between two looks at chats that somebody else holds. */
const LOOK_MS = 10;

/**
 * Writes drafts into the log, in few transactions at a time. What comes while they are under way goes together in the next one;
 * nothing waits while there is nothing to wait for.
 */
export class LogWriter {
  private readonly waiting = new WaitingChats();
  private readonly batches: BatchWriter;
  private underWay = 0;
  private draftsUnderWay = 0;
  private isAwake = false;
  private timer: NodeJS.Timeout | undefined;
  private onIdle: (() => void)[] = [];

  constructor(
    pool: pg.Pool,
    logger: Logger,
    /** Hears when drafts were taken to be written. */
    private readonly advanced: () => void,
  ) {
    // The database did not answer for so long that others' time is over, too: they need not try in their turn.
    const refuseLate = (cause: unknown): void => refuseAll(this.waiting.takeLate(performance.now()), cause);
    this.batches = new BatchWriter(pool, logger, refuseLate);
  }

  /** How many wait to be written. What waits for a chat that somebody else holds does not count: others pass it. */
  get backlog(): number {
    return this.waiting.size;
  }

  add(entry: AppendEntry): void {
    this.waiting.add(entry);
    this.wake();
  }

  /** Resolves once nothing waits any more. */
  finish(): Promise<void> {
    return this.isIdle ? Promise.resolve() : new Promise((resolve) => this.onIdle.push(resolve));
  }

  private get isIdle(): boolean {
    return this.underWay === 0 && this.waiting.size === 0 && !this.waiting.hasHeld;
  }

  private wake(): void {
    if (this.isAwake) return;
    this.isAwake = true;
    // What else this turn of the event loop brings (a socket's burst, answers to what was just acknowledged) goes along.
    setImmediate(() => {
      this.isAwake = false;
      this.startBatches();
    });
  }

  private startBatches(): void {
    while (this.mayStart()) {
      const held = this.waiting.takeHeld(BATCH_SIZE);
      const taken = held.length > 0 ? held : this.waiting.take(this.batchSize(), BATCH_LENGTH);
      if (taken.length === 0) break;
      void this.write(taken, held.length > 0);
    }
    this.advanced();
    if (this.isIdle) for (const resolve of this.onIdle.splice(0)) resolve();
    else if (this.waiting.hasHeld) this.comeBack();
  }

  /** Tries again what somebody else holds, also when nothing else happens until then. */
  private comeBack(): void {
    this.timer ??= setTimeout(
      () => {
        this.timer = undefined;
        this.wake();
      },
      Math.max(LOOK_MS, this.waiting.pause),
    );
  }

  private batchSize(): number {
    return Math.min(BATCH_SIZE, Math.max(WHOLE_BATCH, Math.ceil(this.waiting.size / 2)));
  }

  /** Small ones go side by side, so that nothing waits for another's flush; where much is under way, as much is gathered first. */
  private mayStart(): boolean {
    return this.underWay === 0 || (this.underWay < TRANSACTIONS && this.waiting.size >= this.draftsUnderWay);
  }

  private async write(taken: readonly AppendEntry[], mayBeHeld: boolean): Promise<void> {
    let weight = mayBeHeld ? 0 : taken.length;
    const lift = (): void => {
      this.draftsUnderWay -= weight;
      weight = 0;
    };
    const slow = setTimeout(() => {
      lift();
      this.wake();
    }, SLOW_MS);
    this.underWay += 1;
    this.draftsUnderWay += weight;
    const batch = admitted(taken);
    const held = batch.length > 0 ? await this.batches.write(batch, mayBeHeld) : [];
    clearTimeout(slow);
    lift();
    this.underWay -= 1;
    this.waiting.settled(new Set(taken.map(({ draft }) => draft.chatId)), held);
    this.wake();
  }
}
