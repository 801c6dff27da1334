import { ProblemError } from '../platform/index.js';
import { refuse } from './refuse.js';
import type { UserSocket } from './user-socket.js';

/** Refuses an event that nobody here listens to: whoever waits for its acknowledgement would wait for ever. */
export function refuseUnknown(socket: UserSocket, [name, ...parameters]: readonly unknown[], pass: () => void): void {
  if (socket.eventNames().some((known) => known === name)) pass();
  else refuse(parameters, new ProblemError('not_found', 'This server knows no such event.'));
}
