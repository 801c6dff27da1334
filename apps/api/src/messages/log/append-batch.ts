import type pg from 'pg';
import { type MessageRow, SharedMessage, toMessage } from '../../chats/index.js';
import { ProblemError, runTransaction, type Step, type TextRow, toArrayText } from '../../platform/index.js';
import {
  ANSWER,
  APPEND,
  appendParameters,
  type AppendRow,
  LOCK_CHATS,
  LOCK_FREE_CHATS,
  STORED,
  toAppendRow,
} from './append-statements.js';
import { type AppendDraft, type AppendOutcome, CONTENDED } from './append.js';

/**
 * Appends a batch of drafts, no two of the same name, in one transaction and says what became of each, in their order. All of it
 * goes to the database at once: a node that dies or stops in the middle holds no lock that others would wait for. When it
 * throws, nothing is committed, except where the connection broke before the answer came: appending again finds
 * by `clientId` what is there.
 */
export async function appendBatch(client: pg.ClientBase, drafts: readonly AppendDraft[]): Promise<AppendOutcome[]> {
  const decisions = await appendAccepted(drafts, async (left, step) => {
    const lock = { statement: LOCK_CHATS, values: [toArrayText(chatsOf(left))] };
    const [, rows = []] = await runTransaction(client, [lock, step]);
    return rows;
  });
  return withReplays(client, drafts, decisions);
}

/** As `appendBatch`, but drafts of chats that somebody else has locked are left `CONTENDED`. */
export async function appendUncontended(
  client: pg.ClientBase,
  drafts: readonly AppendDraft[],
): Promise<AppendOutcome[]> {
  try {
    await client.query('BEGIN');
    const locked = await client.query<{ id: string }>(LOCK_FREE_CHATS, [chatsOf(drafts)]);
    const free = new Set(locked.rows.map(({ id }) => id));
    const taken = drafts.filter((draft) => free.has(draft.chatId));
    const outcomes = await appendAccepted(taken, async (_left, step) => {
      const [rows = []] = await runTransaction(client, [step]);
      return rows;
    });
    await client.query('COMMIT');
    const byDraft = new Map(taken.map((draft, index) => [draft, outcomes[index] ?? CONTENDED]));
    return await withReplays(
      client,
      drafts,
      drafts.map((draft) => byDraft.get(draft) ?? CONTENDED),
    );
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

const STORED_ALREADY = { stored: true } as const;
type Decision = AppendOutcome | typeof STORED_ALREADY;

/** Runs one statement about these drafts while their chats are locked. */
type UnderLock = (drafts: readonly AppendDraft[], step: Step) => Promise<TextRow[]>;

/** Appends drafts, all or none; where some are refused, which is rare, the others are appended without them. */
async function appendAccepted(drafts: readonly AppendDraft[], underLock: UnderLock): Promise<Decision[]> {
  const decisions = new Map<AppendDraft, Decision>();
  /** By chat that was a request to somebody of these, the version at which their answer accepted it. */
  const accepted = new Map<string, number>();
  for (let left = drafts; left.length > 0; left = left.filter((draft) => !decisions.has(draft))) {
    const decided = decisions.size;
    const closed = new Map<AppendDraft, AppendRow>();
    const rows = (await underLock(left, { statement: APPEND, values: appendParameters(left) })).map(toAppendRow);
    const isAppended = rows.every((row) => row.accepted);
    left.forEach((draft, index) => {
      const row = rows[index];
      if (row === undefined) decisions.set(draft, { refused: new ProblemError('internal_error') });
      else if (isAppended) decisions.set(draft, appendedAs(draft, row, accepted));
      else if (isClosed(row)) closed.set(draft, row);
      else if (!row.accepted) decisions.set(draft, refusalOf(row));
    });
    // What was refused now counted as a number of its chat: what comes behind it may have room yet.
    if (closed.size === 0 || decisions.size > decided) continue;
    for (const [chatId, version] of await answerRequests([...closed.keys()], underLock)) accepted.set(chatId, version);
    for (const [draft, { sendsUntil }] of closed) {
      if (accepted.has(draft.chatId)) continue;
      decisions.set(draft, { refused: new ProblemError(sendsUntil === 0 ? 'blocked' : 'awaiting_acceptance') });
    }
  }
  return drafts.map((draft) => decisions.get(draft) ?? { refused: new ProblemError('internal_error') });
}

/** Whether it is neither stored already nor a stranger's to the chat, but beyond what its sender may write there. */
function isClosed({ storedSeq, memberVisibleFrom, closed, sendsUntil, seq }: AppendRow): boolean {
  return storedSeq === null && !closed && memberVisibleFrom !== null && sendsUntil !== null && seq > sendsUntil;
}

/** Who writes into a chat that is a request to them has accepted it. Returns the versions of the chats where that was so. */
async function answerRequests(
  drafts: readonly AppendDraft[],
  underLock: UnderLock,
): Promise<(readonly [string, number])[]> {
  const values = [drafts.map(({ chatId }) => chatId), drafts.map(({ senderId }) => senderId)].map(toArrayText);
  const rows = await underLock(drafts, { statement: ANSWER, values });
  return rows.map(([chatId, version]) => [chatId ?? '', Number(version)] as const);
}

function appendedAs(draft: AppendDraft, row: AppendRow, accepted: ReadonlyMap<string, number>): Decision {
  const version = accepted.get(draft.chatId);
  const answer = version === undefined ? {} : { acceptedVersion: version };
  return { appended: { shared: messageOf(draft, row), replayed: false, ...answer } };
}

/** Replays are answered before anything else is asked. */
function refusalOf({ storedSeq, memberVisibleFrom, closed }: AppendRow): Decision {
  if (storedSeq !== null) return STORED_ALREADY;
  if (memberVisibleFrom === null) return { refused: new ProblemError('not_a_member') };
  if (closed) return { refused: new ProblemError('chat_closed', 'This person has deleted their account.') };
  return { refused: new ProblemError('not_found', 'The message that this one answers is not there.') };
}

function messageOf(draft: AppendDraft, row: AppendRow): SharedMessage {
  const { chatId, senderId, clientId, type, content } = draft;
  const { id, seq, version, createdAt } = row;
  return new SharedMessage({
    id,
    chatId,
    seq,
    version,
    clientId,
    senderId,
    type,
    content,
    ...quoteOf(draft, row),
    reactions: [],
    mentions: [],
    createdAt: createdAt.toISOString(),
  });
}

/** The same message goes to everybody, so it quotes only what everybody may read. */
function quoteOf({ replyToId }: AppendDraft, { answered, seenByAllFrom }: AppendRow): object {
  if (answered === null || replyToId === undefined) return {};
  const { seq, senderId, content } = answered;
  if (seq < seenByAllFrom || senderId === null) return { replyTo: { seq } };
  return { replyTo: { id: replyToId, seq, senderId, content } };
}

/** Fetches what was stored already; that is rare, so the hot path does not carry it along. */
async function withReplays(
  client: pg.ClientBase,
  drafts: readonly AppendDraft[],
  decisions: readonly Decision[],
): Promise<AppendOutcome[]> {
  const stored = drafts.filter((_, index) => decisions[index] === STORED_ALREADY);
  const replays = stored.length > 0 ? await readStored(client, stored) : [];
  return decisions.map((decision) => ('stored' in decision ? (replays.shift() ?? CONTENDED) : decision));
}

async function readStored(client: pg.ClientBase, drafts: readonly AppendDraft[]): Promise<AppendOutcome[]> {
  const { rows } = await client.query<MessageRow>(STORED, [
    drafts.map((draft) => draft.chatId),
    drafts.map((draft) => draft.senderId),
    drafts.map((draft) => draft.clientId),
  ]);
  return rows.map((row) => ({ appended: { shared: new SharedMessage(toMessage(row)), replayed: true } }));
}

function chatsOf(drafts: readonly AppendDraft[]): string[] {
  return [...new Set(drafts.map((draft) => draft.chatId))];
}
