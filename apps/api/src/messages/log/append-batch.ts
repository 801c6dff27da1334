import type pg from 'pg';
import { type MessageRow, SharedMessage, toMessage } from '../../chats/index.js';
import { newId, ProblemError } from '../../platform/index.js';
import { APPEND, type AppendRow, LOCK_CHATS, LOCK_FREE_CHATS, STORED } from './append-statements.js';
import { type AppendDraft, type AppendOutcome, CONTENDED } from './append.js';

type Client = Pick<pg.PoolClient, 'query'>;

/**
 * Appends a batch of drafts, no two of the same name, in one transaction and says what became of each, in their order. All of it
 * goes to the database at once: a node that dies or stops in the middle holds no lock that others would wait for. When it
 * throws, nothing is committed, except where the connection broke before the answer to COMMIT came: appending again finds
 * by `clientId` what is there.
 */
export async function appendBatch(client: Client, drafts: readonly AppendDraft[]): Promise<AppendOutcome[]> {
  const [, , { rows }] = await together([
    client.query('BEGIN'),
    client.query({ name: 'lock-chats', text: LOCK_CHATS, values: [chatsOf(drafts)] }),
    client.query<AppendRow>({ name: 'append', text: APPEND, values: columnsOf(drafts), rowMode: 'array' }),
    client.query('COMMIT'),
  ]);
  return withReplays(
    client,
    drafts,
    drafts.map((draft, index) => outcomeOf(draft, rows[index])),
  );
}

/** As `appendBatch`, but drafts of chats that somebody else has locked are left `CONTENDED`. */
export async function appendUncontended(client: Client, drafts: readonly AppendDraft[]): Promise<AppendOutcome[]> {
  await client.query('BEGIN');
  const locked = await client.query<{ id: string }>(LOCK_FREE_CHATS, [chatsOf(drafts)]);
  const free = new Set(locked.rows.map(({ id }) => id));
  const taken = drafts.filter((draft) => free.has(draft.chatId));
  const outcomes = taken.length > 0 ? await appendLocked(client, taken) : [];
  await client.query('COMMIT');
  const byDraft = new Map(taken.map((draft, index) => [draft, outcomes[index] ?? CONTENDED]));
  return withReplays(
    client,
    drafts,
    drafts.map((draft) => byDraft.get(draft) ?? CONTENDED),
  );
}

async function appendLocked(client: Client, drafts: readonly AppendDraft[]): Promise<Decision[]> {
  const { rows } = await client.query<AppendRow>({ text: APPEND, values: columnsOf(drafts), rowMode: 'array' });
  return drafts.map((draft, index) => outcomeOf(draft, rows[index]));
}

/** Waits for statements that were sent without waiting for each other; the first one that failed says why. */
async function together<T extends readonly Promise<unknown>[]>(
  statements: readonly [...T],
): Promise<{ [K in keyof T]: Awaited<T[K]> }> {
  // The connection is free only once all of them were answered.
  await Promise.allSettled(statements);
  return Promise.all(statements);
}

const STORED_ALREADY = { stored: true } as const;
type Decision = AppendOutcome | typeof STORED_ALREADY;

function outcomeOf(draft: AppendDraft, row: AppendRow | undefined): Decision {
  if (row === undefined) return { refused: new ProblemError('internal_error') };
  const [seq, version, id, createdAt, storedSeq, memberVisibleFrom, ...answered] = row;
  // Replays are answered before anything else is asked.
  if (storedSeq !== null) return STORED_ALREADY;
  if (memberVisibleFrom === null) return { refused: new ProblemError('not_a_member') };
  if (seq === null || version === null) {
    return { refused: new ProblemError('not_found', 'The message that this one answers is not there.') };
  }
  const { chatId, senderId, clientId, type, content } = draft;
  return {
    appended: {
      shared: new SharedMessage({
        id,
        chatId,
        seq,
        version,
        clientId,
        senderId,
        type,
        content,
        ...quoteOf(draft, answered),
        reactions: [],
        mentions: [],
        createdAt: new Date(createdAt).toISOString(),
      }),
      replayed: false,
    },
  };
}

type Answered = AppendRow extends [unknown, unknown, unknown, unknown, unknown, unknown, ...infer Rest] ? Rest : never;

/** The same message goes to everybody, so it quotes only what everybody may read. */
function quoteOf({ replyToId }: AppendDraft, [seq, senderId, content, seenByAllFrom]: Answered): object {
  if (seq === null || replyToId === undefined) return {};
  if (seq < (seenByAllFrom ?? 0) || senderId === null) return { replyTo: { seq } };
  return { replyTo: { id: replyToId, seq, senderId, content: content ?? '' } };
}

/** Fetches what was stored already; that is rare, so the hot path does not carry it along. */
async function withReplays(
  client: Client,
  drafts: readonly AppendDraft[],
  decisions: readonly Decision[],
): Promise<AppendOutcome[]> {
  const stored = drafts.filter((_, index) => decisions[index] === STORED_ALREADY);
  const replays = stored.length > 0 ? await readStored(client, stored) : [];
  return decisions.map((decision) => ('stored' in decision ? (replays.shift() ?? CONTENDED) : decision));
}

async function readStored(client: Client, drafts: readonly AppendDraft[]): Promise<AppendOutcome[]> {
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

/** The drafts as one array per column, as `unnest` takes them. */
function columnsOf(drafts: readonly AppendDraft[]): unknown[][] {
  return [
    drafts.map((draft) => draft.chatId),
    drafts.map((draft) => draft.senderId),
    drafts.map((draft) => draft.clientId),
    drafts.map(() => newId()),
    drafts.map((draft) => draft.type),
    drafts.map((draft) => draft.content),
    drafts.map((draft) => draft.replyToId ?? null),
  ];
}
