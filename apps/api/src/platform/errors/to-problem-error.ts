import { HttpException } from '@nestjs/common';
import { PROBLEMS, type ProblemCode } from '@chatr/contracts';
import { isDatabaseUnavailable, isSerializationFailure } from '../database/database-errors.js';
import { ProblemError } from './problem-error.js';

const RETRY_AFTER_SECONDS = 2;

const CODE_BY_STATUS: Readonly<Partial<Record<number, ProblemCode>>> = {
  400: 'validation_failed',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
  429: 'rate_limited',
  503: 'unavailable',
};

/** Turns whatever was thrown into the problem a client may see. What nobody foresaw becomes `internal_error`, without its words. */
export function toProblemError(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (isDatabaseUnavailable(error) || isSerializationFailure(error)) {
    return new ProblemError('unavailable', 'The database does not answer. Try again in a moment.', {
      retryAfter: RETRY_AFTER_SECONDS,
      cause: error,
    });
  }
  const status = statusOf(error);
  if (isBodyParserError(error)) {
    if (error.type === 'entity.parse.failed')
      return new ProblemError('malformed_json', 'The body is not valid JSON.', { cause: error });
    if (error.type === 'entity.too.large')
      return new ProblemError('payload_too_large', 'The body is too large.', { cause: error });
  }
  const code = status === undefined ? undefined : CODE_BY_STATUS[status];
  if (code === undefined) return new ProblemError('internal_error', undefined, { cause: error });
  // A pipe of the framework says which parameter it could not read.
  const detail =
    code === 'validation_failed' && error instanceof HttpException ? error.message : `${PROBLEMS[code].title}.`;
  return new ProblemError(code, detail, { cause: error });
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  if (typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number')
    return error.status;
  return undefined;
}

function isBodyParserError(error: unknown): error is Error & { type: string } {
  return error instanceof Error && 'type' in error && typeof error.type === 'string';
}
