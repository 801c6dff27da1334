import { SMALL_TALK } from './small-talk.js';
import type { ChatScript } from './types.js';

/** A direct chat: what was said last is its own, what was said before is what colleagues say. */
export interface PairScript extends Pick<ChatScript, 'latest' | 'endedMinutesAgo' | 'unread'> {
  members: readonly [string, string];
  openedDaysAgo?: number;
}

export function directChat({ openedDaysAgo = 25, ...pair }: PairScript): ChatScript {
  return { ...pair, openedDaysAgo, routines: SMALL_TALK, routinesPerDay: 0.5, hours: [8, 17], scenes: [] };
}
