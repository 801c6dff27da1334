import { ProblemError } from '../platform/index.js';

/** Wraps the version of the last edit of a page, so that clients do not come to rely on what it is. */
export function encodeEditCursor(version: number): string {
  return Buffer.from(String(version)).toString('base64url');
}

/** @throws ProblemError validation_failed for what `encodeEditCursor` did not make */
export function decodeEditCursor(cursor: string): number {
  const text = Buffer.from(cursor, 'base64url').toString();
  const version = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(version)) return version;
  throw new ProblemError('validation_failed', undefined, {
    errors: [{ path: 'cursor', message: 'cursor is not one of this list' }],
  });
}
