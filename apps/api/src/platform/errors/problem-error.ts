import { PROBLEMS, type Problem, type ProblemCode } from '@chatr/contracts';

export interface ProblemOptions {
  /** What is wrong with which field. */
  errors?: { path: string; message: string }[];
  /** When to try again, in seconds. */
  retryAfter?: number;
  /** What led to it: logged, never sent. */
  cause?: unknown;
}

/** The one error that may leave the server: a stable code, and a detail in words that a person can act on. */
export class ProblemError extends Error {
  readonly errors: ProblemOptions['errors'];
  readonly retryAfter: number | undefined;

  constructor(
    readonly code: ProblemCode,
    detail?: string,
    options: ProblemOptions = {},
  ) {
    super(detail ?? `${PROBLEMS[code].title}.`, { cause: options.cause });
    this.name = 'ProblemError';
    this.errors = options.errors;
    this.retryAfter = options.retryAfter;
  }

  get status(): number {
    return PROBLEMS[this.code].status;
  }

  toProblem(requestId: string): Problem {
    return {
      type: `urn:chatr:problem:${this.code}`,
      title: PROBLEMS[this.code].title,
      status: this.status,
      detail: this.message,
      code: this.code,
      requestId,
      ...(this.errors === undefined ? {} : { errors: this.errors }),
      ...(this.retryAfter === undefined ? {} : { retryAfter: this.retryAfter }),
    };
  }
}
