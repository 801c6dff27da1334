import type { Thread } from '../thread.js';

/** Something that is said once. */
export interface Scene {
  /** Working days before today. */
  daysAgo: number;
  /** Hour of the day, local time; 9.5 is half past nine. */
  hour: number;
  thread: Thread;
}

export interface ChatScript {
  /** Groups only. */
  name?: string;
  /** Usernames; the first makes the chat, and owns it if it is a group. */
  members: readonly [string, ...string[]];
  /** Working days before today on which it began. */
  openedDaysAgo: number;
  /** What is said again and again in other words. */
  routines: readonly Thread[];
  /** Of these, on a working day on average. */
  routinesPerDay: number;
  /** First and last hour of the day at which somebody writes, local time. */
  hours: readonly [number, number];
  scenes: readonly Scene[];
  /** What was said last, and how many minutes ago the last of it. */
  latest: Thread;
  endedMinutesAgo: number;
  /** How many of the last messages some members have not read, by username. */
  unread?: Readonly<Record<string, number>>;
}
