import type { Finding } from './findings.js';

/** What members are promised. */
const LATE_MS = 10_000;
/** What it takes to see on a screen what is there, and to tell it. */
const MEASURING_MS = 500;

/** When each message of a chat was known to be committed, by number. */
interface Commits {
  at: Map<number, number>;
  highest: number;
}

interface Shown {
  seq: number;
  /** Whether what is missing above it has been found late already. */
  blamed: boolean;
}

/**
 * Watches that whatever is committed is shown in time by each device that is in the chat. The time is counted while nothing hinders
 * it: from the commit, or from the moment since when the device, its connection, the node at its other end and the database have
 * been well without a break, whichever is later. A message's commit is known when somebody heard of it; that of a lower number
 * was before.
 */
export class Punctuality {
  readonly #commits = new Map<string, Commits>();
  readonly #shown = new Map<string, Map<string, Shown>>();

  /** @param counted what the numbers are: those of messages, or the versions of a chat */
  constructor(private readonly counted: 'number' | 'version') {}

  committed(chatId: string, seq: number, at: number): void {
    const commits = this.#commits.get(chatId) ?? { at: new Map<number, number>(), highest: 0 };
    this.#commits.set(chatId, commits);
    commits.at.set(seq, Math.min(at, commits.at.get(seq) ?? at));
    commits.highest = Math.max(commits.highest, seq);
  }

  /** Everything up to `seq`, a message's number or a version, is on the device's screen. */
  shown(device: string, chatId: string, seq: number): void {
    const chats = this.#shown.get(device) ?? new Map<string, Shown>();
    this.#shown.set(device, chats);
    chats.set(chatId, { seq, blamed: false });
  }

  /** The device is not in the chat any more. */
  gone(device: string, chatId: string): void {
    this.#shown.get(device)?.delete(chatId);
  }

  /** The device began anew, and has not shown anything yet. */
  restarted(device: string): void {
    this.#shown.delete(device);
  }

  /** What is late now. @param wellSince undefined while something hinders the device */
  judge(now: number, wellSince: (device: string) => number | undefined): Finding[] {
    const findings: Finding[] = [];
    for (const [device, chats] of this.#shown) {
      const well = wellSince(device);
      if (well === undefined || now - well <= LATE_MS + MEASURING_MS) continue;
      for (const [chatId, shown] of chats) {
        const missing = shown.blamed ? undefined : this.earliestAbove(chatId, shown.seq);
        if (missing === undefined || now - Math.max(missing.at, well) <= LATE_MS + MEASURING_MS) continue;
        shown.blamed = true;
        const detail = `${this.counted} ${missing.seq} was committed ${Math.round(now - missing.at)} ms ago, and only ${shown.seq} is shown`;
        findings.push({ check: 'late', device, chatId, at: now, detail });
      }
    }
    return findings;
  }

  /** The message above `seq` that is known to be committed for the longest time. */
  private earliestAbove(chatId: string, seq: number): { seq: number; at: number } | undefined {
    const commits = this.#commits.get(chatId);
    let earliest: { seq: number; at: number } | undefined;
    for (let above = seq + 1; above <= (commits?.highest ?? 0); above++) {
      const at = commits?.at.get(above);
      if (at !== undefined && (earliest === undefined || at < earliest.at)) earliest = { seq: above, at };
    }
    return earliest;
  }
}
