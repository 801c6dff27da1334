import { isUUID } from 'class-validator';
import { LIMITS } from '@chatr/contracts';
import { ProblemError } from '../platform/index.js';
import type { EventReply } from './event-reply.js';
import type { UserSocket } from './user-socket.js';

/** Events that a socket may send at once, and how many come back each second. */
const CAPACITY = 600;
const REFILL_PER_SECOND = 60;
/** Events sent in spite of refusals before the connection is ended. */
const PATIENCE = 600;

/**
 * Bounds what one socket may send. It decides at once and keeps the order of events, which a counter that has to be waited for
 * would not. Counts per person and address are the throttle's.
 */
export class EventBudget {
  private level = CAPACITY;
  private refusals = 0;
  private filledAt = performance.now();

  constructor(private readonly socket: UserSocket) {}

  /** Whether an event may pass; one that may not is answered with a problem. */
  spend(name: string, payload: unknown, reply: EventReply): boolean {
    this.refill();
    if (this.level >= 1) {
      this.level -= 1;
      return true;
    }
    this.refusals += 1;
    // The next event passes a moment later, when what came before this one is in its place.
    this.level = 0;
    if (this.refusals > PATIENCE) this.socket.disconnect(true);
    if (name === 'message:send') this.keepOrder(payload);
    reply.refuse(new ProblemError('rate_limited', 'This connection sends too much. Slow down.', { retryAfter: 1 }));
    return false;
  }

  /** What the socket sends after a message that was refused must not overtake it. */
  private keepOrder(draft: unknown): void {
    const { chatId, recipientId, clientId } = (draft ?? {}) as Partial<Record<string, unknown>>;
    const target = chatId ?? recipientId;
    // What could not be a message is not one that others must wait for, and is not to be kept.
    if (!isUUID(target) || typeof clientId !== 'string' || clientId.length > LIMITS.clientIdLength) return;
    // Messages that were let pass are on their way to the lane; this one comes after them.
    setImmediate(() => this.socket.data.lane.takeTurn().refused(String(target), clientId));
  }

  private refill(): void {
    const now = performance.now();
    this.level = Math.min(CAPACITY, this.level + ((now - this.filledAt) / 1000) * REFILL_PER_SECOND);
    if (this.level === CAPACITY) this.refusals = 0;
    this.filledAt = now;
  }
}
