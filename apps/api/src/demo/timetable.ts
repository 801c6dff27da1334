import type { SeededRandom } from './random.js';
import type { ChatScript } from './script/index.js';
import type { Thread } from './thread.js';

/** A thread and when its first line is written. */
export interface Appointment {
  at: Date;
  thread: Thread;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SATURDAY = 6;

/**
 * When what is said in a chat before its latest thread: routines spread over the working days, scenes at their day and hour.
 * Ascending, all of it in the past.
 */
export function timetable(script: ChatScript, now: Date, random: SeededRandom): Appointment[] {
  const scenes = script.scenes.map(({ daysAgo, hour, thread }) => ({
    at: atHour(workingDay(now, daysAgo), hour),
    thread,
  }));
  return [...scenes, ...routines(script, now, random)]
    .filter(({ at }) => at < now)
    .sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** When a chat was opened: on its first day, before anybody starts to work. */
export function openingOf(script: ChatScript, now: Date, minuteOfDay: number): Date {
  return atHour(workingDay(now, script.openedDaysAgo), 3 + minuteOfDay / 60);
}

function routines(script: ChatScript, now: Date, random: SeededRandom): Appointment[] {
  const [from, to] = script.hours;
  const found: Appointment[] = [];
  let pile: Thread[] = [];
  for (let daysAgo = script.openedDaysAgo; daysAgo >= 0; daysAgo--) {
    const day = workingDay(now, daysAgo);
    const quiet = day.getDay() === SATURDAY ? 0.4 : 1;
    // On average as many as the script says, but not the same number every day.
    const count = Math.floor(script.routinesPerDay * quiet * (0.5 + random.next()) + random.next());
    for (let index = 0; index < count; index++) {
      // Everything is said once before anything is said again.
      if (pile.length === 0) pile = random.shuffle(script.routines);
      const thread = pile.pop();
      if (thread !== undefined) found.push({ at: atHour(day, from + random.next() * (to - from)), thread });
    }
  }
  return found;
}

/** Midnight of the day that lies this many working days before today, Saturdays included; 0 is today, even on a Sunday. */
function workingDay(now: Date, daysAgo: number): Date {
  let day = midnight(now);
  for (let left = daysAgo; left > 0;) {
    // Through noon, so that days on which clocks are changed count as one.
    day = midnight(new Date(day.getTime() - DAY_MS / 2));
    if (day.getDay() !== 0) left--;
  }
  return day;
}

function midnight(time: Date): Date {
  return new Date(time.getFullYear(), time.getMonth(), time.getDate());
}

function atHour(day: Date, hour: number): Date {
  return new Date(day.getTime() + hour * HOUR_MS);
}
