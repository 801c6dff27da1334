import { isUUID } from 'class-validator';
import { ProblemError } from '../platform/index.js';

/** Wraps the key of a page's last row, so that clients do not come to rely on what it is. */
export function encodeCursor(key: string): string {
  return Buffer.from(key).toString('base64url');
}

/** @throws ProblemError validation_failed for what `encodeCursor` did not make of an id */
export function decodeCursor(cursor: string): string {
  const key = Buffer.from(cursor, 'base64url').toString();
  if (isUUID(key)) return key;
  throw new ProblemError('validation_failed', undefined, {
    errors: [{ path: 'cursor', message: 'cursor is not one of this list' }],
  });
}
