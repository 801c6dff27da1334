import { ProblemError } from '../../platform/index.js';

/** How long the rest of a lane waits for the message that was refused before the sender is taken to have given it up. */
const PATIENCE_MS = 10_000;

interface Block {
  clientId: string;
  /** The place of the refused message: those that came before it are not held up. */
  place: number;
  until: number;
}

/**
 * Keeps the order of what one socket sends. When the server refuses a message for a passing reason (busy, database away), those
 * of the same chat that are already in the pipe behind it are refused too, until that message is sent again: the sender
 * sends again oldest first, and nothing overtakes.
 */
export class SendLane {
  private readonly blocks = new Map<string, Block>();
  private places = 0;

  /** The turn of a message that comes in now, after all that came before. */
  takeTurn(): SendTurn {
    return new SendTurn(this.blocks, ++this.places);
  }
}

/** One message's place in its lane. */
export class SendTurn {
  constructor(
    private readonly blocks: Map<string, Block>,
    private readonly place: number,
  ) {}

  /** Why the message may not pass now: an earlier one of the same chat must be sent first. */
  check(chatId: string, clientId: string): ProblemError | undefined {
    const block = this.blocks.get(chatId);
    if (block === undefined || !this.isBehind(block) || block.clientId === clientId) return undefined;
    return new ProblemError('send_again', 'An earlier message of yours was refused. Send that one again first.', {
      retryAfter: 1,
    });
  }

  /** The same, for a message that comes in: the refused one, come again, lets those behind it pass. */
  enter(chatId: string, clientId: string): ProblemError | undefined {
    const refusal = this.check(chatId, clientId);
    if (refusal === undefined && this.blocks.get(chatId)?.clientId === clientId) this.blocks.delete(chatId);
    return refusal;
  }

  /** The message was refused for a passing reason. The first refusal in the order of the lane counts. */
  refused(chatId: string, clientId: string): void {
    const block = this.blocks.get(chatId);
    if (block !== undefined && this.isBehind(block)) return;
    for (const [other, { until }] of this.blocks) if (until <= performance.now()) this.blocks.delete(other);
    this.blocks.set(chatId, { clientId, place: this.place, until: performance.now() + PATIENCE_MS });
  }

  private isBehind(block: Block): boolean {
    return this.place > block.place && block.until > performance.now();
  }
}
