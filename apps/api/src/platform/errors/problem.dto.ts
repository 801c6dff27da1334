export class FieldErrorDto {
  /** The field, with dots for what lies within: `members.0.id`. */
  path: string;
  message: string;
}

/** An RFC 9457 problem. */
export class ProblemDto {
  type: string;
  title: string;
  /** The HTTP status. */
  status: number;
  /** What happened, in words for a person. */
  detail: string;
  /** Stable; clients branch on it. */
  code: string;
  /** Names this request in the server's log. */
  requestId: string;
  /** What is wrong with which field. */
  errors?: FieldErrorDto[];
  /** When to try again, in seconds. */
  retryAfter?: number;
}
