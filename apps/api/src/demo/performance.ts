import type { MessageEntity } from '../messages/index.js';
import type { ChatRecord } from './chat-record.js';
import type { SeededRandom } from './random.js';
import type { Line, Thread } from './thread.js';

/** Somebody of the company, as far as a conversation needs them. */
export interface Speaker {
  id: string;
  displayName: string;
}

/** One change of the chat and when it happens. */
interface Deed {
  at: number;
  apply: (at: Date) => void;
}

const SECOND_MS = 1_000;

/** How fast people write. */
export interface Pace {
  /** From one line to the next, for a line of this many characters. */
  pauseMs(characters: number): number;
  /** From a message to its edit, or to its being taken back. */
  secondThoughtsMs: number;
}

/** People at work: a line comes when somebody has a hand free. */
export function atWork(random: SeededRandom): Pace {
  return {
    pauseMs: (characters) => random.between(20, 240) * SECOND_MS + characters * 80 + random.between(0, 999),
    secondThoughtsMs: random.between(15, 70) * SECOND_MS,
  };
}

/** People who are all there right now. */
export function inOneGo(random: SeededRandom): Pace {
  return {
    pauseMs: (characters) => random.between(15, 90) * SECOND_MS + characters * 60 + random.between(0, 999),
    secondThoughtsMs: 9 * SECOND_MS,
  };
}

/** Lets threads be said in one chat. Speakers are called by their usernames. */
export class Performance {
  constructor(
    private readonly record: ChatRecord,
    private readonly speakers: ReadonlyMap<string, Speaker>,
  ) {}

  /** Whether everybody who speaks in this thread is in the chat by then. */
  canSay(thread: Thread): boolean {
    const added = new Set<string>();
    return thread.every(({ who, action, text }) => {
      if (action === 'add') added.add(text);
      return added.has(who) || this.record.isMember(this.speaker(who).id);
    });
  }

  /** Says a thread from this time on. Returns when the last of it happened, in epoch milliseconds. */
  say(thread: Thread, startMs: number, pace: Pace): number {
    const deeds = this.deeds(thread, startMs, pace);
    for (const { at, apply } of deeds) apply(new Date(at));
    return deeds.at(-1)?.at ?? startMs;
  }

  /** The same, so that it ends at this time, but not before `earliestMs`. */
  sayUntil(thread: Thread, endMs: number, earliestMs: number, pace: Pace): void {
    const deeds = this.deeds(thread, 0, pace);
    const start = Math.max(earliestMs, endMs - (deeds.at(-1)?.at ?? 0));
    for (const { at, apply } of deeds) apply(new Date(start + at));
  }

  private deeds(thread: Thread, startMs: number, pace: Pace): Deed[] {
    const said: (MessageEntity | undefined)[] = [];
    const deeds: Deed[] = [];
    let at = startMs;
    thread.forEach((line, index) => {
      if (index > 0) at += pace.pauseMs(line.text.length);
      deeds.push({ at, apply: (time) => void (said[index] = this.perform(line, time, said)) });
      const afterthought = this.afterthought(line, () => said[index]);
      if (afterthought !== undefined) deeds.push({ at: at + pace.secondThoughtsMs, apply: afterthought });
    });
    return deeds.sort((a, b) => a.at - b.at);
  }

  private perform(line: Line, at: Date, said: readonly (MessageEntity | undefined)[]): MessageEntity | undefined {
    const { id } = this.speaker(line.who);
    switch (line.action) {
      case 'add':
      case 'remove': {
        const other = this.speaker(line.text);
        this.record[line.action](id, other.id, other.displayName, at);
        return undefined;
      }
      case 'rename':
        this.record.rename(id, line.text, at);
        return undefined;
      case 'leave':
        this.record.leave(id, at);
        return undefined;
      default:
        return this.record.send(id, line.text, at, line.answers === undefined ? undefined : said[line.answers]);
    }
  }

  private afterthought(line: Line, message: () => MessageEntity | undefined): Deed['apply'] | undefined {
    if (line.action !== 'edit' && line.action !== 'unsend') return undefined;
    return (at) => {
      const sent = message();
      if (sent === undefined) return;
      if (line.action === 'edit') this.record.edit(sent, line.edited ?? '', at);
      else this.record.unsend(sent, at);
    };
  }

  private speaker(username: string): Speaker {
    const speaker = this.speakers.get(username);
    if (speaker === undefined) throw new Error(`Nobody here is called ${username}.`);
    return speaker;
  }
}
