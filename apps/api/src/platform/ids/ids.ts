import { v7 } from 'uuid';

/** A new UUIDv7: unique everywhere, and roughly in the order of its making. */
export function newId(): string {
  return v7();
}
