import { ProblemError } from '../platform/index.js';

/** Where a page of people ended: how well the last one matched (0 is better than 1), and who it was. */
export interface UserCursor {
  rank: number;
  username: string;
}

/** Wraps a position in a list of people, so that clients do not come to rely on what it is. */
export function encodeUserCursor({ rank, username }: UserCursor): string {
  return Buffer.from(`${rank} ${username}`).toString('base64url');
}

/** @throws ProblemError validation_failed for what `encodeUserCursor` did not make */
export function decodeUserCursor(cursor: string): UserCursor {
  const match = /^([01]) ([a-z0-9_.-]{1,64})$/.exec(Buffer.from(cursor, 'base64url').toString());
  if (match?.[1] !== undefined && match[2] !== undefined) return { rank: Number(match[1]), username: match[2] };
  throw new ProblemError('validation_failed', undefined, {
    errors: [{ path: 'cursor', message: 'cursor is not one of this list' }],
  });
}
