import { newId, type ProblemError } from '../platform/index.js';

/** Answers an event before it reaches its handler. Without an acknowledgement to call, nobody waits for the answer. */
export function refuse(parameters: readonly unknown[], problem: ProblemError): void {
  const reply = parameters.at(-1);
  if (isReply(reply)) reply({ ok: false, error: problem.toProblem(newId()) });
}

function isReply(value: unknown): value is (ack: object) => void {
  return typeof value === 'function';
}
