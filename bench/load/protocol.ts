import type { Person } from '../world.js';

/** What a connection tells of: the recorder of the run listens. */
export interface Arrivals {
  /**
   * A message of a run came to somebody.
   * @param seq the server's own number of it in its chat, 0 where there is none
   */
  arrived(receiver: number, stream: number, number: number, seq: number): void;
  /** The server would not take a message now; it is sent again. */
  refused(): void;
  /** A connection ended that nobody ended. */
  dropped(person: number, reason: string): void;
}

/** One person's connection to the server under test. */
export interface Connection {
  readonly person: number;
  /** @param text holds its own mark (`markOf`) @param answered is told once whether the server took the message */
  send(chat: string, text: string, answered: (accepted: boolean) => void): void;
  /** Ends at once, as a network that breaks does. */
  close(): void;
}

/** How one kind of server is spoken to. */
export interface Protocol<C extends Connection = Connection> {
  /** @param index of the person in the world */
  connect(person: Person, index: number, arrivals: Arrivals): Promise<C>;
}

const MARK = 0x7e; // ~, which no id, time or name of any server's envelope holds
const DOT = 0x2e;
const ZERO = 0x30;

/** What a message's text begins with, for the receiver to know it by without reading the rest. */
export function markOf(stream: number, number: number): string {
  return `~${stream}.${number}~`;
}

/**
 * Finds the mark of a message between two positions of what was received.
 * @returns false when there is none
 */
export function readMark(
  buffer: Buffer,
  from: number,
  end: number,
  found: { stream: number; number: number },
): boolean {
  let at = buffer.indexOf(MARK, from) + 1;
  if (at === 0 || at >= end) return false;
  found.stream = 0;
  found.number = 0;
  for (let byte = buffer[at]; byte !== undefined && byte !== DOT; byte = buffer[++at])
    found.stream = found.stream * 10 + byte - ZERO;
  for (let byte = buffer[++at]; byte !== undefined && byte !== MARK; byte = buffer[++at])
    found.number = found.number * 10 + byte - ZERO;
  return true;
}
