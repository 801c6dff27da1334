import { newId, type ProblemError } from '../platform/index.js';
import { isOnTheWire } from './wire-json.js';

/** The answer to one event: `{ ok: true, … }` or `{ ok: false, error }`, once. Without an acknowledgement to call, nobody waits for it. */
export class EventReply {
  private answered = false;
  private readonly acknowledge: ((answer: object) => void) | undefined;

  /** @param last the event's last parameter, which is the acknowledgement where the client wants one */
  constructor(last: unknown) {
    if (isAcknowledgement(last)) this.acknowledge = last;
  }

  get isWanted(): boolean {
    return this.acknowledge !== undefined;
  }

  /** @param result what goes beside `ok`, or the whole answer where its JSON was made already */
  succeed(result: object | undefined): void {
    this.answer(isOnTheWire(result) ? result : { ok: true, ...result });
  }

  refuse(problem: ProblemError, requestId = newId()): void {
    this.answer({ ok: false, error: problem.toProblem(requestId) });
  }

  private answer(answer: object): void {
    if (this.answered) return;
    this.answered = true;
    this.acknowledge?.(answer);
  }
}

function isAcknowledgement(value: unknown): value is (answer: object) => void {
  return typeof value === 'function';
}
