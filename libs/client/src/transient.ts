import { TRANSIENT_PROBLEM_CODES } from '@chatr/contracts';
import type { ChatrError } from './errors.js';

/** Whether the same request may succeed later: nothing came back, the server asks for patience, or the token must be renewed first. */
export function isTransient(error: ChatrError): boolean {
  return error.status === 0 || error.status === 401 || TRANSIENT_PROBLEM_CODES.has(error.code);
}
