import type { MessageView } from '@chatr/client';
import { dayKey } from '../core';

/** Messages of one person within this time of each other stand together. */
const GROUP_MS = 5 * 60_000;

/** A message, and where it stands among its neighbours. */
export interface MessageRow {
  message: MessageView;
  /** Begins what one person wrote in one go: their name and picture go here. */
  first: boolean;
  /** Ends it: the time goes here. */
  last: boolean;
  /** The line "New" goes above it. */
  startsNew: boolean;
}

export interface MessageDay {
  /** Such as `2026-11-21`, in local time. */
  key: string;
  /** Any moment of the day, ISO 8601. */
  moment: string;
  rows: MessageRow[];
}

/**
 * Puts a chat's messages under their days, and together what belongs together.
 * @param messages ascending
 * @param readSeq what others wrote above this number is new; undefined: nothing is
 */
export function messageDays(messages: readonly MessageView[], readSeq: number | undefined): MessageDay[] {
  const days: MessageDay[] = [];
  let before: MessageRow | undefined;
  let newSeen = readSeq === undefined;
  for (const message of messages) {
    const key = dayKey(message.createdAt);
    let day = days.at(-1);
    // Messages stand in the order of the server, whatever the clocks said: an earlier day never begins after a later one.
    if (day === undefined || key > day.key) {
      days.push((day = { key, moment: message.createdAt, rows: [] }));
      before = undefined;
    }
    const startsNew = !newSeen && isNew(message, readSeq ?? 0);
    newSeen ||= startsNew;
    const together = before !== undefined && !startsNew && belongTogether(before.message, message);
    if (before !== undefined && together) before.last = false;
    const row: MessageRow = { message, first: !together, last: true, startsNew };
    day.rows.push(row);
    before = row;
  }
  return days;
}

function isNew(message: MessageView, readSeq: number): boolean {
  return !message.mine && message.type !== 'system' && message.seq !== undefined && message.seq > readSeq;
}

function belongTogether(earlier: MessageView, later: MessageView): boolean {
  if (earlier.type === 'system' || later.type === 'system' || earlier.senderId !== later.senderId) return false;
  return Math.abs(Date.parse(later.createdAt) - Date.parse(earlier.createdAt)) <= GROUP_MS;
}
