/** What came of one transmission: taken, never to be taken, or to be sent again after so many seconds. */
export type Reply = { taken: boolean } | { againAfter: number };

/** Transmits a text and tells, once, what came of it. */
export type Transmit = (text: string, replied: (reply: Reply) => void) => void;

interface Letter {
  /** Its place in the order of sending. */
  place: number;
  text: string;
  answered: (accepted: boolean) => void;
}

/** How many go out at once while those that were refused are sent again. */
const CAUTION = 8;

/**
 * One sender's messages to one chat, sent as clients have to send them (docs/events.md): what is refused for now is sent again,
 * the oldest first, and what is written meanwhile waits behind it.
 */
export class Outbox {
  /** In the order of sending. */
  private readonly waiting: Letter[] = [];
  private places = 0;
  private underWay = 0;
  private timer: NodeJS.Timeout | undefined;
  /** Something was refused: what is under way behind it comes back, too, and until it has, nothing may overtake it. */
  private emptying = false;

  constructor(
    private readonly transmit: Transmit,
    /** Told of each time a message was refused for now. */
    private readonly refused: () => void,
  ) {}

  send(text: string, answered: (accepted: boolean) => void): void {
    const letter = { place: this.places++, text, answered };
    if (this.waiting.length > 0) this.waiting.push(letter);
    else this.post(letter);
  }

  /** The connection is gone: what waits will not be sent. */
  close(): void {
    clearTimeout(this.timer);
    for (const { answered } of this.waiting.splice(0)) answered(false);
  }

  private post(letter: Letter): void {
    this.underWay++;
    this.transmit(letter.text, (reply) => {
      this.underWay--;
      if ('againAfter' in reply) this.keep(letter, reply.againAfter);
      else letter.answered(reply.taken);
      this.goOn();
    });
  }

  private keep(letter: Letter, seconds: number): void {
    this.refused();
    const behind = this.waiting.findIndex(({ place }) => place > letter.place);
    this.waiting.splice(behind === -1 ? this.waiting.length : behind, 0, letter);
    this.emptying = true;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.goOn();
    }, seconds * 1000);
  }

  private goOn(): void {
    if (this.emptying && this.underWay > 0) return;
    this.emptying = false;
    while (this.timer === undefined && this.underWay < CAUTION) {
      const letter = this.waiting.shift();
      if (letter === undefined) return;
      this.post(letter);
    }
  }
}
