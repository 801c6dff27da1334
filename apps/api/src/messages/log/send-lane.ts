import { ProblemError } from '../../platform/index.js';

/** How long the rest of a lane waits for the message that was refused before the sender is taken to have given it up. */
const PATIENCE_MS = 10_000;

interface Block {
  /** The refused message. */
  clientId: string;
  /** Its place: those that came before it are not held up. */
  place: number;
  /** The place at which it came again, and opened the lane. What lies between may wait for its batch still, and must not overtake it. */
  openedAt: number;
  until: number;
}

/**
 * Keeps the order of what one socket sends. When the server refuses a message for a passing reason (busy, database away), those
 * of the same chat that are already in the pipe behind it are refused too, and so is what comes until that message is sent again: the sender
 * sends again oldest first, and nothing overtakes.
 */
export class SendLane {
  /** By chat; at most one of a chat's blocks is not opened yet. */
  private readonly blocks = new Map<string, Block[]>();
  private places = 0;

  /** The turn of a message that comes in now, after all that came before. */
  takeTurn(): SendTurn {
    return new SendTurn(this.blocks, ++this.places);
  }
}

/** One message's place in its lane. */
export class SendTurn {
  constructor(
    private readonly blocks: Map<string, Block[]>,
    private readonly place: number,
  ) {}

  /** Why the message may not pass now: an earlier one of the same chat must be sent first. */
  check(chatId: string, clientId: string): ProblemError | undefined {
    const isHeldUp = this.blocksOf(chatId).some((block) => this.isBehind(block) && block.clientId !== clientId);
    if (!isHeldUp) return undefined;
    return new ProblemError('send_again', 'An earlier message of yours was refused. Send that one again first.', {
      retryAfter: 1,
    });
  }

  /** The same, for a message that comes in: the refused one, come again, lets those behind it pass. */
  enter(chatId: string, clientId: string): ProblemError | undefined {
    const refusal = this.check(chatId, clientId);
    if (refusal !== undefined) return refusal;
    for (const block of this.blocksOf(chatId)) {
      if (block.clientId === clientId && block.openedAt === Infinity) block.openedAt = this.place;
    }
    return undefined;
  }

  /** The message was refused for a passing reason. The first refusal in the order of the lane counts. */
  refused(chatId: string, clientId: string): void {
    this.forgetOld();
    const blocks = this.blocksOf(chatId);
    if (blocks.some((block) => this.isBehind(block))) return;
    // One that was refused before, and came again, keeps its first place.
    const place = blocks.find((block) => block.clientId === clientId)?.place ?? this.place;
    const block = { clientId, place, openedAt: Infinity, until: performance.now() + PATIENCE_MS };
    this.blocks.set(chatId, [...blocks.filter((other) => other.place < place), block]);
  }

  private blocksOf(chatId: string): readonly Block[] {
    return this.blocks.get(chatId) ?? [];
  }

  private isBehind({ place, openedAt, until }: Block): boolean {
    return this.place > place && this.place < openedAt && until > performance.now();
  }

  private forgetOld(): void {
    const now = performance.now();
    for (const [chatId, blocks] of this.blocks) {
      const left = blocks.filter(({ until }) => until > now);
      if (left.length === 0) this.blocks.delete(chatId);
      else this.blocks.set(chatId, left);
    }
  }
}
