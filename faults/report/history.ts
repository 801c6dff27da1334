import { createWriteStream, mkdirSync, readFileSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { monotonicMs } from '../clock.js';
import type { Finding } from '../checks/findings.js';

/** Around a finding, the history of this long before and after it tells what happened, in milliseconds. */
const AROUND_MS = { before: 15_000, after: 2_000 };
const EXCERPT_LINES = 60;

type Line = Record<string, unknown> & { t: number; event: string };

/** Everything that happened, a line of JSON each, with `t` in milliseconds since the beginning on a clock that nobody sets. */
export class History {
  readonly file: string;
  readonly #stream: WriteStream;
  readonly #start = monotonicMs();

  constructor(readonly folder: string) {
    mkdirSync(folder, { recursive: true });
    this.file = join(folder, 'history.jsonl');
    this.#stream = createWriteStream(this.file);
  }

  /** @param at a value of `monotonicMs`; now where left out */
  write(event: string, facts: object, at = monotonicMs()): void {
    this.#stream.write(`${JSON.stringify({ t: Math.round(at - this.#start), event, ...facts })}\n`);
  }

  /** What `t` is at a moment of `monotonicMs`. */
  timeOf(at: number): number {
    return Math.round(at - this.#start);
  }

  async close(): Promise<void> {
    this.#stream.end();
    await finished(this.#stream);
  }

  /** The lines that concern a finding; of a closed history. */
  excerpt(finding: Finding): string[] {
    const lines = readFileSync(this.file, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
    return lines.filter((line) => concerns(JSON.parse(line) as Line, finding)).slice(-EXCERPT_LINES);
  }
}

function concerns(line: Line, finding: Finding): boolean {
  const { at, chatId, device, clientId } = finding;
  if (line.event === 'finding') return false;
  if (clientId !== undefined && line['clientId'] === clientId) return true;
  if (at !== undefined && (line.t < at - AROUND_MS.before || line.t > at + AROUND_MS.after)) return false;
  if (line.event === 'fault' || line.event === 'fault-over' || line.event === 'stall') return true;
  const same = device !== undefined && line['device'] === device;
  // Of others in the same chat: what they sent and read, which is what was to be shown.
  if (chatId !== undefined && line['chatId'] === chatId) return device === undefined || same || line.event !== 'shown';
  return same && line['chatId'] === undefined && line.event !== 'saw';
}
