import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import { newId, toProblemError } from '../platform/index.js';
import { EventReply } from './event-reply.js';
import type { UserSocket } from './user-socket.js';

/** Answers an event whose handler threw, with the problem. */
@Catch()
export class EventProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Socket');

  catch(error: unknown, host: ArgumentsHost): void {
    const problem = toProblemError(error);
    const requestId = newId();
    if (problem.code === 'internal_error') {
      const ws = host.switchToWs();
      const userId = ws.getClient<UserSocket>().data.actor.id;
      this.logger.error({ err: error, requestId, event: ws.getPattern(), userId }, 'an event failed');
    }
    // The dispatcher hands it to each handler behind the socket and the payload.
    const reply: unknown = host.getArgByIndex(2);
    if (reply instanceof EventReply) reply.refuse(problem, requestId);
  }
}
