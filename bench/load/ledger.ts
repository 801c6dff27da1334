/** What came of the messages of a run. Everything but `delivered` should be 0. */
export interface Counts {
  delivered: number;
  /** Came twice to the same connection. */
  duplicate: number;
  /** Were acknowledged and did not come to somebody who was there. */
  lost: number;
  /** Came after a later one of the same sender, or with a number that is not above the last one of the chat. */
  outOfOrder: number;
}

/** One sender's messages in one chat, numbered from 0. */
export interface Stream {
  readonly index: number;
  readonly chat: number;
  readonly sender: number;
}

const IN_FLIGHT = 0;
const ACKNOWLEDGED = 1;
const REFUSED = 2;

/** What one receiver has of one stream: everything from `first` on, below `next`, but what is missing. */
interface Follower {
  first: number;
  next: number;
  missing: Set<number>;
}

interface Entry extends Stream {
  outcomes: number[];
  /** When each message was to be sent. */
  intendedAt: number[];
  followers: Map<number, Follower>;
}

/** Keeps book of every message and every delivery, so that nothing can go missing or come twice unseen. */
export class Ledger {
  private readonly entries: Entry[] = [];
  /** By chat and receiver: the highest number the server has given to a message that arrived. */
  private readonly heads: Map<number, number>[] = [];
  private readonly absent: { receiver: number; entry: Entry }[] = [];
  private inFlight = 0;
  private delivered = 0;
  private duplicate = 0;
  private outOfOrder = 0;

  /** @param receivers the people at whom its messages must arrive, each over one connection */
  open(chat: number, sender: number, receivers: readonly number[]): Stream {
    const entry: Entry = {
      index: this.entries.length,
      chat,
      sender,
      outcomes: [],
      intendedAt: [],
      followers: new Map(receivers.map((person) => [person, follower(0)])),
    };
    this.entries.push(entry);
    return entry;
  }

  /** A receiver's connection broke: what comes to them from now on, and what is under way, is for their next sync. */
  left(receiver: number): void {
    for (const entry of this.entries) if (entry.followers.delete(receiver)) this.absent.push({ receiver, entry });
  }

  /** Everybody who left is connected again, and gets what is sent from now on. */
  returned(): void {
    for (const { receiver, entry } of this.absent.splice(0)) {
      entry.followers.set(receiver, follower(entry.outcomes.length));
    }
  }

  /** @returns the number of the message */
  sending({ index }: Stream, intendedAt: number): number {
    const entry = this.entry(index);
    entry.intendedAt.push(intendedAt);
    this.inFlight++;
    return entry.outcomes.push(IN_FLIGHT) - 1;
  }

  answered({ index }: Stream, number: number, accepted: boolean): void {
    this.inFlight--;
    this.entry(index).outcomes[number] = accepted ? ACKNOWLEDGED : REFUSED;
  }

  /**
   * @param seq the server's own number of the message in the chat, 0 where it has none
   * @returns when the message was to be sent, undefined for one that this receiver had already or should not have
   */
  arrived(receiver: number, stream: number, number: number, seq: number): number | undefined {
    const entry = this.entry(stream);
    const has = entry.followers.get(receiver);
    if (has === undefined || number < has.first || number >= entry.outcomes.length) return undefined;
    if (number < has.next && !has.missing.delete(number)) {
      this.duplicate++;
      return undefined;
    }
    let inOrder = this.advanceHead(entry.chat, receiver, seq);
    if (number < has.next) inOrder = false;
    else {
      for (let skipped = has.next; skipped < number; skipped++) has.missing.add(skipped);
      has.next = number + 1;
    }
    if (!inOrder) this.outOfOrder++;
    this.delivered++;
    return entry.intendedAt[number];
  }

  /** How many answers and deliveries are still awaited. */
  get awaited(): number {
    return this.inFlight + this.entries.reduce((sum, entry) => sum + lostIn(entry), 0);
  }

  counts(): Counts {
    const { delivered, duplicate, outOfOrder } = this;
    return { delivered, duplicate, outOfOrder, lost: this.entries.reduce((sum, entry) => sum + lostIn(entry), 0) };
  }

  private advanceHead(chat: number, receiver: number, seq: number): boolean {
    if (seq === 0) return true;
    const heads = (this.heads[chat] ??= new Map());
    const head = heads.get(receiver) ?? 0;
    if (seq > head) heads.set(receiver, seq);
    return seq > head;
  }

  private entry(index: number): Entry {
    const entry = this.entries[index];
    if (entry === undefined) throw new Error(`there is no stream ${index}`);
    return entry;
  }
}

function follower(first: number): Follower {
  return { first, next: first, missing: new Set() };
}

/** Acknowledged messages that somebody does not have. Of those without an answer nobody knows, and refused ones may not come. */
function lostIn({ outcomes, followers }: Entry): number {
  let lost = 0;
  for (const { next, missing } of followers.values()) {
    for (const number of missing) if (outcomes[number] === ACKNOWLEDGED) lost++;
    for (let number = next; number < outcomes.length; number++) if (outcomes[number] === ACKNOWLEDGED) lost++;
  }
  return lost;
}
