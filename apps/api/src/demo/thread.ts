/** What somebody does in one line of a thread. */
export type Action = 'say' | 'edit' | 'unsend' | 'add' | 'remove' | 'rename' | 'leave';

export interface Line {
  who: string;
  action: Action;
  /** What is said; the username added or removed; the new name. */
  text: string;
  /** What an edited message says in the end. */
  edited?: string;
  /** The line of the same thread that this one answers, from 0. */
  answers?: number;
}

export type Thread = readonly Line[];

/** Whether a line is a message of somebody, rather than something they do to the group. */
export function isSaid({ action }: Line): boolean {
  return action === 'say' || action === 'edit' || action === 'unsend';
}

const MARKS: Readonly<Record<string, Action>> = {
  '~': 'edit',
  x: 'unsend',
  '+': 'add',
  '-': 'remove',
  '=': 'rename',
  '<': 'leave',
};
const LINE = /^(\w+)(?: (?:\^(\d+)|([~x+=<-])))?: ?(.*)$/u;
const EDIT_ARROW = ' => ';

/**
 * Reads threads written as plain text, an empty line between two of them. A line is `who: text`. A mark before the colon says
 * more: `who ^2:` answers the second line, `who ~: before => after` was edited, `who x:` was unsent, `who +:` and `who -:` add
 * and remove somebody, `who =:` renames the group, `who <:` leaves it. `⏎` breaks a line of text.
 * @throws Error that quotes the line it cannot read
 */
export function threads(source: string): Thread[] {
  return source
    .trim()
    .split(/\n\s*\n/)
    .map((part) => part.split('\n').map(readLine));
}

/** One thread. */
export function thread(source: string): Thread {
  return threads(source).flat();
}

function readLine(source: string): Line {
  const [, who, answered, mark, rest = ''] = LINE.exec(source.trim()) ?? [];
  if (who === undefined) throw new Error(`Not a line of a thread: ${source}`);
  const text = rest.replaceAll('⏎', '\n');
  if (answered !== undefined) return { who, action: 'say', text, answers: Number(answered) - 1 };
  const action = mark === undefined ? 'say' : MARKS[mark];
  if (action === undefined) throw new Error(`Not a mark of a line: ${source}`);
  if (action !== 'edit') return { who, action, text };
  const [before, after] = text.split(EDIT_ARROW);
  if (before === undefined || after === undefined) throw new Error(`An edited line needs “${EDIT_ARROW}”: ${source}`);
  return { who, action, text: before, edited: after };
}
