/** What a scenario needs to exist before it begins; members are indexes of people. */
export interface WorldPlan {
  people: number;
  chats: ChatPlan[];
}

export interface ChatPlan {
  kind: 'direct' | 'group';
  members: number[];
  /** How many messages it holds already. */
  messages?: number;
}

/** What was made of the plan, in the same order. */
export interface World {
  people: Person[];
  chats: Chat[];
}

export interface Person {
  /** As the server under test knows them. */
  id: string;
  /** What opens a connection. */
  token: string;
}

export interface Chat extends ChatPlan {
  id: string;
}

/**
 * Messages that a chat holds before the run. Real ones have a past, and a database decides how it looks things up by what it
 * knew its tables to hold.
 */
export const PAST = 100;

/** Pairs of people with a chat each: chat `i` is between person `2i` and person `2i + 1`. */
export function pairs(count: number): WorldPlan {
  return {
    people: count * 2,
    chats: Array.from({ length: count }, (_, pair) => ({
      kind: 'direct',
      members: [pair * 2, pair * 2 + 1],
      messages: PAST,
    })),
  };
}
