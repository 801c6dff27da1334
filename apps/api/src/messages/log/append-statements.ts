import { ACCEPT_REQUESTS, EXCERPT_LENGTH, joinReply, MESSAGE_COLUMNS } from '../../chats/index.js';
import { type PreparedStatement, type TextRow, toArrayText } from '../../platform/index.js';
import type { AppendDraft } from './append.js';

/** Locks the chats' rows in the order of their ids, so that no two batches, on any node, wait for each other. */
export const LOCK_CHATS: PreparedStatement = {
  name: 'lock-chats',
  text: `SELECT id FROM chats WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`,
};

/** The same for those of the chats that nobody else has locked. */
export const LOCK_FREE_CHATS = `${LOCK_CHATS.text} SKIP LOCKED`;

/** When the append began: after the chats were locked. What is made of it costs less here than a join with one row does. */
const NOW = `date_trunc('milliseconds', statement_timestamp())`;
/** The first 15 characters of a UUIDv7 of that time. */
const ID_BEGINS = `
  SELECT left(hex, 8) || '-' || right(hex, 4) || '-7' FROM lpad(to_hex((extract(epoch FROM ${NOW}) * 1000)::bigint), 12, '0') AS hex`;

/**
 * Appends drafts to chats that the statement before this one has locked: all of them, or none. A statement of its own: its
 * snapshot sees what was committed while the lock was waited for. It looks each draft up (stored already? a member? what does it
 * answer?), and when each may be appended, it writes messages, heads, the senders' positions (who writes has read) and the
 * journal. One row for each draft comes back, in their order (`toAppendRow`), and says in either case what was found.
 *
 * The drafts come numbered within their chat, and with a mark on the last of each chat and of each sender in it. Were some refused and
 * others not, the numbers would have to be made here, by sorting: a tenth of the time, for what hardly ever happens.
 *
 * The ids are UUIDv7 with the time of the database: messages of all nodes are in one order by id, which is that of their
 * times, also when a draft waited for its turn.
 *
 * It is planned once for each connection, for look-ups by key whatever the tables hold then (`LOG_POOL`), so every join here
 * is one by key: two of these parts joined with each other would take batch × batch steps. The answered message is looked up
 * by its id alone, for which there is one index: given the chat as well, a plan for empty tables may go through the whole chat.
 */
const APPEND_TEXT = `
  WITH draft AS MATERIALIZED (
    SELECT d.*, c.last_seq + d.number AS seq, c.version + d.number AS version,
      overlay(gen_random_uuid()::text PLACING (${ID_BEGINS}) FROM 1 FOR 15)::uuid AS id,
      m.seq AS stored_seq, cm.visible_from_seq, cm.sends_until_seq, a.seq AS answered_seq, a.sender_id AS answered_sender_id,
      left(a.content, ${EXCERPT_LENGTH}) AS answered_content,
      c.closed_at IS NOT NULL AS closed,
      m.seq IS NULL AND cm.user_id IS NOT NULL AND c.closed_at IS NULL AND (
        cm.sends_until_seq IS NULL OR c.last_seq + d.number <= cm.sends_until_seq
      ) AND (
        d.reply_to_id IS NULL OR (a.chat_id = d.chat_id AND a.seq >= cm.visible_from_seq)
      ) AS accepted
    FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::int[], $8::bool[], $9::bool[])
      WITH ORDINALITY
      AS d (chat_id, sender_id, client_id, type, content, reply_to_id, number, is_last, is_senders_last, place)
    LEFT JOIN chats c ON c.id = d.chat_id
    LEFT JOIN messages m ON m.chat_id = d.chat_id AND m.sender_id = d.sender_id AND m.client_id = d.client_id
    LEFT JOIN chat_members cm ON cm.chat_id = d.chat_id AND cm.user_id = d.sender_id AND cm.left_at IS NULL
    LEFT JOIN messages a ON a.id = d.reply_to_id
  ), batch AS MATERIALIZED (
    SELECT bool_and(accepted IS TRUE) AS accepted FROM draft
  ), written AS (
    INSERT INTO messages (chat_id, seq, version, id, client_id, sender_id, type, content, reply_to_seq, created_at)
    SELECT chat_id, seq, version, id, client_id, sender_id, type, content, answered_seq, ${NOW}
    FROM draft WHERE (SELECT accepted FROM batch)
  ), heads AS (
    UPDATE chats SET last_seq = last.seq, version = last.version, activity_id = last.id, last_activity_at = ${NOW}
    FROM draft AS last
    WHERE (SELECT accepted FROM batch) AND last.is_last AND chats.id = last.chat_id
    RETURNING chats.id, chats.version
  ), positions AS (
    UPDATE chat_members SET read_seq = greatest(read_seq, own.seq), delivered_seq = greatest(delivered_seq, own.seq)
    FROM draft AS own
    WHERE (SELECT accepted FROM batch) AND own.is_senders_last
      AND chat_members.chat_id = own.chat_id AND chat_members.user_id = own.sender_id
  ), journal AS (
    INSERT INTO commit_journal (chat_ids, versions) SELECT array_agg(id), array_agg(version) FROM heads HAVING count(*) > 0
  )
  SELECT accepted, seq, version, id, (SELECT (extract(epoch FROM ${NOW}) * 1000)::bigint), stored_seq, visible_from_seq,
    answered_seq, answered_sender_id, answered_content,
    CASE WHEN answered_seq IS NOT NULL THEN (
      SELECT max(visible_from_seq) FROM chat_members WHERE chat_id = draft.chat_id AND left_at IS NULL
    ) END, closed, sends_until_seq
  FROM draft
  ORDER BY place`;

export const APPEND: PreparedStatement = { name: 'append', text: APPEND_TEXT };

/** What `APPEND` says of a draft. */
export interface AppendRow {
  /** Whether it may be appended; when each of the batch may, all of them are. */
  accepted: boolean;
  /** What the message got when it was appended. */
  seq: number;
  version: number;
  id: string;
  createdAt: Date;
  /** Where the message was in the log already. */
  storedSeq: number | null;
  /** From where on the sender sees the chat; null for those who are not in it. */
  memberVisibleFrom: number | null;
  answered: { seq: number; senderId: string | null; content: string } | null;
  /** The last of the chat's members joined here: what lies before is not for everybody's eyes. Only where something is answered. */
  seenByAllFrom: number;
  /** Nobody writes in this chat any more. */
  closed: boolean;
  /** The number beyond which nothing of the sender's is taken; null where there is none. */
  sendsUntil: number | null;
}

export function toAppendRow(row: TextRow): AppendRow {
  const [
    accepted,
    seq,
    version,
    id,
    createdAt,
    storedSeq,
    memberVisibleFrom,
    answeredSeq,
    senderId,
    content,
    seenByAll,
    closed,
    sendsUntil,
  ] = row;
  const answered = toNumber(answeredSeq);
  return {
    accepted: accepted === 't',
    seq: Number(seq),
    version: Number(version),
    id: id ?? '',
    createdAt: new Date(Number(createdAt)),
    storedSeq: toNumber(storedSeq),
    memberVisibleFrom: toNumber(memberVisibleFrom),
    answered: answered === null ? null : { seq: answered, senderId: senderId ?? null, content: content ?? '' },
    seenByAllFrom: Number(seenByAll ?? 0),
    closed: closed === 't',
    sendsUntil: toNumber(sendsUntil),
  };
}

function toNumber(text: string | null | undefined): number | null {
  return text === null || text === undefined ? null : Number(text);
}

/** The drafts as `APPEND` takes them: one array for each column. */
export function appendParameters(drafts: readonly AppendDraft[]): string[] {
  const { numbers, lasts, sendersLasts } = numbered(drafts);
  return [
    drafts.map(({ chatId }) => chatId),
    drafts.map(({ senderId }) => senderId),
    drafts.map(({ clientId }) => clientId),
    drafts.map(({ type }) => type),
    drafts.map(({ content }) => content),
    drafts.map(({ replyToId }) => replyToId ?? null),
    numbers,
    lasts,
    sendersLasts,
  ].map(toArrayText);
}

/** The place of each draft within its chat, from 1, and whether it is the last of the chat, and the last of its sender in it. */
function numbered(drafts: readonly AppendDraft[]): Record<'numbers' | 'lasts' | 'sendersLasts', string[]> {
  const chats = new Map<string, { count: number; last: number; senders: Map<string, number> }>();
  const numbers = drafts.map(({ chatId, senderId }, index) => {
    const chat = chats.get(chatId) ?? { count: 0, last: 0, senders: new Map<string, number>() };
    chats.set(chatId, chat);
    chat.count += 1;
    chat.last = index;
    chat.senders.set(senderId, index);
    return String(chat.count);
  });
  const [lasts, sendersLasts] = [drafts.map(() => 'f'), drafts.map(() => 'f')];
  for (const { last, senders } of chats.values()) {
    lasts[last] = 't';
    for (const sendersLast of senders.values()) sendersLasts[sendersLast] = 't';
  }
  return { numbers, lasts, sendersLasts };
}

/** Who writes has accepted the request that the chat was to them. Their chats are locked by the statement before. */
export const ANSWER: PreparedStatement = { name: 'answer', text: ACCEPT_REQUESTS };

/**
 * Messages by their names, as everybody in the chat may see them; what they answer is shown while their sender is a member. One
 * row for each name, in the order of the names.
 */
export const STORED = `
  SELECT ${MESSAGE_COLUMNS}
  FROM unnest($1::uuid[], $2::uuid[], $3::text[]) WITH ORDINALITY AS d (chat_id, sender_id, client_id, place)
  JOIN messages m ON m.chat_id = d.chat_id AND m.sender_id = d.sender_id AND m.client_id = d.client_id
  LEFT JOIN chat_members cm ON cm.chat_id = d.chat_id AND cm.user_id = d.sender_id AND cm.left_at IS NULL
  ${joinReply(`(
    SELECT max(visible_from_seq) FROM chat_members WHERE chat_id = m.chat_id AND left_at IS NULL
  )`)} AND cm.user_id IS NOT NULL
  ORDER BY d.place`;
