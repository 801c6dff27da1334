import { type CallHandler, type ExecutionContext, Injectable, Logger, type NestInterceptor } from '@nestjs/common';
import { catchError, map, type Observable, of } from 'rxjs';
import { newId, toProblemError } from '../platform/index.js';
import type { UserSocket } from './user-socket.js';

/** Answers every event: `{ ok: true, … }` with what the handler returned, or `{ ok: false, error }` with the problem. */
@Injectable()
export class AckInterceptor implements NestInterceptor<object | undefined, object> {
  private readonly logger = new Logger('Socket');

  intercept(context: ExecutionContext, next: CallHandler<object | undefined>): Observable<object> {
    return next.handle().pipe(
      map((result) => ({ ok: true, ...result })),
      catchError((error: unknown) => {
        const problem = toProblemError(error);
        const requestId = newId();
        if (problem.code === 'internal_error') {
          const ws = context.switchToWs();
          const userId = ws.getClient<UserSocket>().data.actor.id;
          this.logger.error({ err: error, requestId, event: ws.getPattern(), userId }, 'an event failed');
        }
        return of({ ok: false, error: problem.toProblem(requestId) });
      }),
    );
  }
}
