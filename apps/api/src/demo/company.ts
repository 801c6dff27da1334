import type { Account } from '../users/index.js';
import { ChatRecord, CursorBook } from './chat-record.js';
import { atWork, inOneGo, Performance, type Speaker } from './performance.js';
import { SeededRandom } from './random.js';
import { type ChatScript, CHATS, PEOPLE } from './script/index.js';
import { isSaid, type Thread } from './thread.js';
import { openingOf, timetable } from './timetable.js';
import { wordingFor } from './wording.js';

/** Everything that is in the database of the demonstration. */
export interface Company {
  people: readonly Account[];
  chats: readonly ChatRecord[];
  cursors: readonly { userId: string; cursor: number }[];
  presence: readonly { userId: string; lastSeenAt: Date }[];
}

const SEED = 20_140_301;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Nothing else is said in a chat for this long after a thread. */
const BREATH_MS = 8 * MINUTE_MS;
/** The latest thread begins at least so long after what was said before. */
const LATEST_GAP_MS = 60 * MINUTE_MS;
/** More than any line of a latest thread takes. */
const LONGEST_LINE_MS = 2 * MINUTE_MS;
export const EMAIL_DOMAIN = 'northmill.example';

/** Makes up the company as it would be at this moment, after five weeks of talk. The same moment gives the same company. */
export function makeCompany(now: Date, passwordHash: string): Company {
  const random = new SeededRandom(SEED);
  const people = hire(now, passwordHash, random);
  const speakers = new Map<string, Speaker>(people.map((person) => [person.username, person]));
  const cursors = new CursorBook();
  const chats = CHATS.map((script) => converse(script, speakers, now, random, cursors));
  const presence = people.map(({ id }) => ({
    userId: id,
    lastSeenAt: new Date(now.getTime() - random.between(1, 500) * MINUTE_MS),
  }));
  return { people, chats, cursors: cursors.rows(), presence };
}

function hire(now: Date, passwordHash: string, random: SeededRandom): Account[] {
  return PEOPLE.map(({ username, displayName, about }, index) => {
    const createdAt = new Date(now.getTime() - 45 * DAY_MS + index * 7 * MINUTE_MS);
    return {
      id: random.idAt(createdAt),
      email: `${username}@${EMAIL_DOMAIN}`,
      username,
      displayName,
      about,
      pronouns: '',
      avatarUrl: null,
      passwordHash,
      emailVerifiedAt: createdAt,
      phone: null,
      phoneVerifiedAt: null,
      language: 'en',
      role: index === 0 ? 'admin' : 'user',
      suspendedAt: null,
      createdAt,
      deletedAt: null,
    };
  });
}

function converse(
  script: ChatScript,
  speakers: ReadonlyMap<string, Speaker>,
  now: Date,
  random: SeededRandom,
  cursors: CursorBook,
): ChatRecord {
  const idOf = (username: string): string => speakers.get(username)?.id ?? '';
  const [first, ...others] = script.members;
  const at = openingOf(script, now, random.between(0, 55));
  const memberIds = [idOf(first), ...others.map(idOf)] as const;
  const record = new ChatRecord({ name: script.name ?? null, memberIds, at }, random, cursors);
  const performance = new Performance(record, speakers);

  const end = now.getTime() - script.endedMinutesAgo * MINUTE_MS;
  const lastStart = end - script.latest.length * LONGEST_LINE_MS - LATEST_GAP_MS;
  let free = at.getTime();
  for (const appointment of timetable(script, now, random)) {
    const start = Math.max(appointment.at.getTime(), free);
    const thread = worded(cast(appointment.thread, script.members, random), appointment.at, random);
    if (start > lastStart || !performance.canSay(thread)) continue;
    free = performance.say(thread, start, atWork(random)) + BREATH_MS;
  }
  performance.sayUntil(script.latest, end, free, inOneGo(random));
  readUp(record, script, idOf, random);
  return record;
}

/** Gives the parts `a` and `b` of small talk to the two people of a direct chat, either way round. */
function cast(thread: Thread, members: readonly string[], random: SeededRandom): Thread {
  const [a = '', b = ''] = random.shuffle(members);
  const parts = new Map([
    ['a', a],
    ['b', b],
  ]);
  return thread.map((line) => ({ ...line, who: parts.get(line.who) ?? line.who }));
}

function worded(thread: Thread, begin: Date, random: SeededRandom): Thread {
  const word = wordingFor(begin, random);
  return thread.map((line) => {
    if (!isSaid(line)) return line;
    return { ...line, text: word(line.text), ...(line.edited === undefined ? {} : { edited: word(line.edited) }) };
  });
}

/** Most have read everything, some of it has reached a device that nobody looked at, and what a script says is unread stays so. */
function readUp(
  record: ChatRecord,
  script: ChatScript,
  idOf: (username: string) => string,
  random: SeededRandom,
): void {
  const unread = new Map(Object.entries(script.unread ?? {}).map(([username, count]) => [idOf(username), count]));
  const { lastSeq } = record.chat;
  for (const member of record.members.values()) {
    if (member.leftAt !== null) continue;
    const left = unread.get(member.userId) ?? 0;
    record.moveTo(member.userId, lastSeq - left, random.next() < 0.8 ? lastSeq : lastSeq - left);
  }
}
