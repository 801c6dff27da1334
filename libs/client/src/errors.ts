import type { Problem } from '@chatr/contracts';

/** Codes of failures that happened on this side of the wire, beside those of the server's problems. */
export type LocalProblemCode = 'network_error' | 'timeout';

/** A request that was refused (`code` is the server's, see PROBLEMS in the contracts) or that never came through. */
export class ChatrError extends Error {
  override readonly name = 'ChatrError';
  readonly code: string;
  /** The HTTP status; 0 when no answer came. */
  readonly status: number;
  /** Seconds to wait before the next attempt, where the server named them. */
  readonly retryAfter: number | undefined;
  /** What is wrong with which field, for `validation_failed`. */
  readonly errors: readonly { path: string; message: string }[];

  constructor(readonly problem: Problem) {
    super(problem.detail || problem.title);
    this.code = problem.code;
    this.status = problem.status;
    this.retryAfter = problem.retryAfter;
    this.errors = problem.errors ?? [];
  }

  /** A failure without an answer of the server. */
  static local(code: LocalProblemCode, detail: string): ChatrError {
    const title = code === 'timeout' ? 'The server did not answer in time' : 'The server cannot be reached';
    return new ChatrError({ type: 'about:blank', title, status: 0, detail, code, requestId: '' });
  }
}
