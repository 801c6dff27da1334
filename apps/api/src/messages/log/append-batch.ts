import type { PoolClient } from 'pg';
import { MESSAGE_COLUMNS, type MessageRow, toMessage } from '../../chats/index.js';
import { newId, ProblemError } from '../../platform/index.js';
import type { AppendDraft, AppendOutcome } from './append.js';

/** What must be known about a draft before it may be appended, read after the chats were locked. */
interface Facts extends Partial<MessageRow> {
  is_member: boolean;
  member_visible_from: number | null;
  now: Date;
  answered_id: string | null;
  answered_seq: number | null;
  answered_sender_id: string | null;
  answered_content: string | null;
  /** The last of the chat's members joined here: what lies before is not for everybody's eyes. */
  seen_by_all_from: number | null;
}

interface Head {
  id: string;
  last_seq: number;
  version: number;
}

const EXCERPT_LENGTH = 160;

/**
 * Appends a batch of drafts in one transaction on this connection and says what became of each, in their order. Nothing is
 * committed when it throws, except where the connection broke while it waited for the answer to COMMIT: appending again finds
 * by `clientId` what is there.
 */
export async function appendBatch(client: PoolClient, drafts: readonly AppendDraft[]): Promise<AppendOutcome[]> {
  await client.query('BEGIN');
  const heads = await lockChats(client, drafts);
  const facts = await readFacts(client, drafts);
  const batch = new Batch(heads);
  const outcomes = drafts.map((draft, index) => batch.decide(draft, facts[index]));
  if (batch.rows.length > 0) await write(client, batch.rows, heads);
  await client.query('COMMIT');
  return outcomes;
}

/** Locks the chats' rows in the order of their ids, so that no two batches wait for each other. */
async function lockChats(client: PoolClient, drafts: readonly AppendDraft[]): Promise<Map<string, Head>> {
  const ids = [...new Set(drafts.map((draft) => draft.chatId))];
  const { rows } = await client.query<Head>(
    'SELECT id, last_seq, version FROM chats WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE',
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** A later statement than the lock: its snapshot sees what was committed while the lock was waited for. */
async function readFacts(client: PoolClient, drafts: readonly AppendDraft[]): Promise<Facts[]> {
  const { rows } = await client.query<Facts>(
    `SELECT ${MESSAGE_COLUMNS}, cm.user_id IS NOT NULL AS is_member, cm.visible_from_seq AS member_visible_from,
       clock_timestamp() AS now, a.id AS answered_id, a.seq AS answered_seq, a.sender_id AS answered_sender_id,
       left(a.content, ${EXCERPT_LENGTH}) AS answered_content,
       CASE WHEN a.id IS NOT NULL THEN (
         SELECT max(visible_from_seq) FROM chat_members WHERE chat_id = d.chat_id AND left_at IS NULL
       ) END AS seen_by_all_from
     FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[]) WITH ORDINALITY AS d (chat_id, sender_id, client_id, reply_to_id, place)
     LEFT JOIN messages m ON m.chat_id = d.chat_id AND m.sender_id = d.sender_id AND m.client_id = d.client_id
     LEFT JOIN chat_members cm ON cm.chat_id = d.chat_id AND cm.user_id = d.sender_id AND cm.left_at IS NULL
     LEFT JOIN messages r ON r.chat_id = m.chat_id AND r.seq = m.reply_to_seq AND cm.user_id IS NOT NULL AND r.seq >= (
       SELECT max(visible_from_seq) FROM chat_members WHERE chat_id = m.chat_id AND left_at IS NULL
     )
     LEFT JOIN messages a ON a.chat_id = d.chat_id AND a.id = d.reply_to_id
     ORDER BY d.place`,
    [
      drafts.map((draft) => draft.chatId),
      drafts.map((draft) => draft.senderId),
      drafts.map((draft) => draft.clientId),
      drafts.map((draft) => draft.replyToId ?? null),
    ],
  );
  return rows;
}

/** Decides over the drafts of one batch in turn, and numbers those that are appended. */
class Batch {
  readonly rows: MessageRow[] = [];
  private readonly byName = new Map<string, MessageRow>();

  constructor(private readonly heads: ReadonlyMap<string, Head>) {}

  decide(draft: AppendDraft, facts: Facts | undefined): AppendOutcome {
    const name = `${draft.chatId} ${draft.senderId} ${draft.clientId}`;
    // Replays are answered before anything else is asked. Two devices may have sent the same draft into the same batch.
    const stored = isStored(facts) ? facts : this.byName.get(name);
    if (stored !== undefined) return { appended: { message: toMessage(stored, 'sent'), replayed: true } };
    const head = this.heads.get(draft.chatId);
    if (facts === undefined || head === undefined || !facts.is_member)
      return { refused: new ProblemError('not_a_member') };
    if (draft.replyToId !== undefined && (facts.answered_seq ?? -1) < (facts.member_visible_from ?? 0)) {
      return { refused: new ProblemError('not_found', 'The message that this one answers is not there.') };
    }
    const row = number(draft, facts, head);
    this.rows.push(row);
    this.byName.set(name, row);
    return { appended: { message: toMessage(row, 'sent'), replayed: false } };
  }
}

function isStored(facts: Facts | undefined): facts is Facts & MessageRow {
  return typeof facts?.id === 'string';
}

function number(draft: AppendDraft, facts: Facts, head: Head): MessageRow {
  const seenByAll = facts.answered_seq !== null && facts.answered_seq >= (facts.seen_by_all_from ?? 0);
  return {
    chat_id: draft.chatId,
    seq: ++head.last_seq,
    version: ++head.version,
    id: newId(),
    client_id: draft.clientId,
    sender_id: draft.senderId,
    type: draft.type,
    content: draft.content,
    system: null,
    created_at: facts.now,
    edited_at: null,
    deleted_at: null,
    reply_to_seq: facts.answered_seq,
    // The same message goes to everybody, so it quotes only what everybody may read.
    reply_id: seenByAll ? facts.answered_id : null,
    reply_sender_id: seenByAll ? facts.answered_sender_id : null,
    reply_content: seenByAll ? facts.answered_content : null,
  };
}

/** Messages, heads and the senders' own positions in one statement: sending marks read. */
async function write(client: PoolClient, rows: readonly MessageRow[], heads: ReadonlyMap<string, Head>): Promise<void> {
  const newest = new Map(rows.map((row) => [row.chat_id, row]));
  const senders = new Map(rows.map((row) => [`${row.chat_id} ${row.sender_id}`, row]));
  await client.query(
    `WITH appended AS (
       INSERT INTO messages (chat_id, seq, version, id, client_id, sender_id, type, content, reply_to_seq, created_at)
       SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::uuid[], $5::text[], $6::uuid[], $7::text[], $8::text[], $9::bigint[], $10::timestamptz[])
     ), heads AS (
       UPDATE chats SET last_seq = h.last_seq, version = h.version, activity_id = h.activity_id, last_activity_at = h.at
       FROM unnest($11::uuid[], $12::bigint[], $13::bigint[], $14::uuid[], $15::timestamptz[]) AS h (id, last_seq, version, activity_id, at)
       WHERE chats.id = h.id
     )
     UPDATE chat_members SET read_seq = greatest(read_seq, s.seq), delivered_seq = greatest(delivered_seq, s.seq)
     FROM unnest($16::uuid[], $17::uuid[], $18::bigint[]) AS s (chat_id, user_id, seq)
     WHERE chat_members.chat_id = s.chat_id AND chat_members.user_id = s.user_id`,
    [
      ...columns(rows, (row) => [
        row.chat_id,
        row.seq,
        row.version,
        row.id,
        row.client_id,
        row.sender_id,
        row.type,
        row.content,
        row.reply_to_seq,
        row.created_at,
      ]),
      ...columns([...newest.values()], (row) => {
        const head = heads.get(row.chat_id);
        return [row.chat_id, head?.last_seq, head?.version, row.id, row.created_at];
      }),
      ...columns([...senders.values()], (row) => [row.chat_id, row.sender_id, row.seq]),
    ],
  );
}

/** Rows of values turned into one array per column, as `unnest` takes them. */
function columns<T>(items: readonly T[], values: (item: T) => unknown[]): unknown[][] {
  const table = items.map(values);
  return (table[0] ?? []).map((_, column) => table.map((row) => row[column]));
}
