import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { ProblemError } from './problem-error.js';

/** The pipe of every REST body, query and socket event: unknown fields are refused, each wrong one is named. */
export function validationPipe(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    stopAtFirstError: true,
    exceptionFactory: (errors) => new ProblemError('validation_failed', undefined, { errors: flatten(errors) }),
  });
}

function flatten(errors: readonly ValidationError[], parent = ''): { path: string; message: string }[] {
  return errors.flatMap((error) => {
    const path = parent === '' ? error.property : `${parent}.${error.property}`;
    const own = Object.values(error.constraints ?? {}).map((message) => ({ path, message }));
    return [...own, ...flatten(error.children ?? [], path)];
  });
}
