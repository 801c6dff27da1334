import { v7 } from 'uuid';

/** A new UUIDv7: unique everywhere, and roughly in the order of its making. @param at the time it carries, where that is told beside it */
export function newId(at?: Date): string {
  return at === undefined ? v7() : v7({ msecs: at.getTime() });
}
