import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { Request, Response } from 'express';
import { toProblemError } from './to-problem-error.js';

/** Answers every failed HTTP request with an RFC 9457 problem; what nobody foresaw is logged whole and told in one sentence. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request & { id: string }>();
    const response = http.getResponse<Response>();
    const problem = toProblemError(error);
    const requestId = request.id;
    if (problem.code === 'internal_error') this.logger.error({ err: error, requestId }, 'a request failed');
    if (response.headersSent) {
      response.end();
      return;
    }
    if (problem.retryAfter !== undefined) response.setHeader('Retry-After', String(Math.ceil(problem.retryAfter)));
    response
      .status(problem.status)
      .type('application/problem+json')
      .send(JSON.stringify(problem.toProblem(requestId)));
  }
}
