import { ProblemError } from '../platform/index.js';

export interface GateBounds {
  /** At once, over all people. */
  running: number;
  /** In the line of one person. */
  waitingEach: number;
  /** In all lines together. */
  waiting: number;
}

/**
 * Lets only so much work run at once, and one piece of each person: somebody who asks a hundred times waits behind themselves,
 * and everybody else only behind one of those. People take turns; within a line the order is kept.
 */
export class SyncGate {
  private readonly running = new Set<string>();
  /** By person, what lets those who wait go in. A person's line exists while somebody is in it. */
  private readonly lines = new Map<string, (() => void)[]>();
  /** People with a line and nothing running, who has waited longest first. */
  private readonly ready = new Set<string>();
  private waiting = 0;

  constructor(private readonly bounds: GateBounds) {}

  /** Does the work when its turn comes. @throws ProblemError overloaded when too much waits; what the work throws */
  async run<T>(userId: string, work: () => Promise<T>): Promise<T> {
    await this.enter(userId);
    try {
      return await work();
    } finally {
      this.running.delete(userId);
      if (this.lines.has(userId)) this.ready.add(userId);
      this.admit();
    }
  }

  private async enter(userId: string): Promise<void> {
    if (!this.running.has(userId) && this.running.size < this.bounds.running) {
      this.running.add(userId);
      return;
    }
    const line = this.lines.get(userId) ?? [];
    if (line.length >= this.bounds.waitingEach || this.waiting >= this.bounds.waiting) {
      throw new ProblemError('overloaded', 'Too many syncs are waiting. Try again in a moment.', { retryAfter: 1 });
    }
    this.lines.set(userId, line);
    if (!this.running.has(userId)) this.ready.add(userId);
    this.waiting++;
    await new Promise<void>((resolve) => line.push(resolve));
  }

  private admit(): void {
    for (const userId of this.ready) {
      if (this.running.size >= this.bounds.running) return;
      this.ready.delete(userId);
      const line = this.lines.get(userId);
      const letIn = line?.shift();
      if (line?.length === 0) this.lines.delete(userId);
      if (letIn === undefined) continue;
      this.waiting--;
      this.running.add(userId);
      letIn();
    }
  }
}
