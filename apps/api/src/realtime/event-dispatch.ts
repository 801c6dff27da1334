import type { MessageMappingProperties } from '@nestjs/websockets';
import { ProblemError } from '../platform/index.js';
import type { EventBudget } from './event-budget.js';
import { EventReply } from './event-reply.js';
import type { UserSocket } from './user-socket.js';

/** A handler of the gateway, as the framework gives it: with the checks that belong to it, for one socket. */
export type EventHandler = Pick<MessageMappingProperties, 'message' | 'callback'>;

/**
 * Hands each event of a socket to its handler, and answers with what that returns. It takes the place of the framework's own
 * binding, which keeps a chain of observables for every event of every socket.
 */
export function dispatchEvents(socket: UserSocket, handlers: readonly EventHandler[], budget?: EventBudget): void {
  const callbacks = new Map(handlers.map(({ message, callback }) => [message, callback]));
  socket.onAny((name: string, ...parameters: unknown[]) => {
    const reply = new EventReply(parameters.at(-1));
    if (reply.isWanted) parameters.pop();
    if (budget?.spend(name, parameters[0], reply) === false) return;
    const callback = callbacks.get(name);
    if (callback === undefined) {
      // Whoever waits for its acknowledgement would wait for ever.
      reply.refuse(new ProblemError('not_found', 'This server knows no such event.'));
      return;
    }
    const data = parameters.length === 1 ? parameters[0] : parameters;
    // Every handler returns a promise; one that fails has been answered by the filter.
    void (callback(data, reply) as Promise<object | undefined>).then((result) => reply.succeed(result));
  });
}
