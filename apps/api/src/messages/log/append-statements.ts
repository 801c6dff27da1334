import { EXCERPT_LENGTH, joinReply, MESSAGE_COLUMNS } from '../../chats/index.js';
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
 * Appends drafts, in their order, to chats that the statement before this one has locked. A statement of its own: its snapshot
 * sees what was committed while the lock was waited for. It looks each draft up (stored already? a member? what does it
 * answer?), numbers those that may be appended, and writes messages, heads, the senders' positions (who writes has read)
 * and the journal. One row for each draft comes back, in their order (`toAppendRow`).
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
    SELECT found.*, count(*) FILTER (WHERE accepted) OVER (PARTITION BY chat_id ORDER BY place) AS number,
      count(*) FILTER (WHERE accepted) OVER (PARTITION BY chat_id) AS count
    FROM (
      SELECT d.chat_id, d.sender_id, d.client_id, d.type, d.content, d.place, c.last_seq, c.version,
        overlay(gen_random_uuid()::text PLACING (${ID_BEGINS}) FROM 1 FOR 15)::uuid AS id,
        m.seq AS stored_seq, cm.visible_from_seq, a.seq AS answered_seq, a.sender_id AS answered_sender_id,
        left(a.content, ${EXCERPT_LENGTH}) AS answered_content,
        m.seq IS NULL AND cm.user_id IS NOT NULL AND (
          d.reply_to_id IS NULL OR (a.chat_id = d.chat_id AND a.seq >= cm.visible_from_seq)
        ) AS accepted
      FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::uuid[]) WITH ORDINALITY
        AS d (chat_id, sender_id, client_id, type, content, reply_to_id, place)
      LEFT JOIN chats c ON c.id = d.chat_id
      LEFT JOIN messages m ON m.chat_id = d.chat_id AND m.sender_id = d.sender_id AND m.client_id = d.client_id
      LEFT JOIN chat_members cm ON cm.chat_id = d.chat_id AND cm.user_id = d.sender_id AND cm.left_at IS NULL
      LEFT JOIN messages a ON a.id = d.reply_to_id
    ) AS found
  ), written AS (
    INSERT INTO messages (chat_id, seq, version, id, client_id, sender_id, type, content, reply_to_seq, created_at)
    SELECT chat_id, last_seq + number, version + number, id, client_id, sender_id, type, content, answered_seq, ${NOW}
    FROM draft WHERE accepted
  ), heads AS (
    UPDATE chats
    SET last_seq = chats.last_seq + last.number, version = chats.version + last.number, activity_id = last.id,
      last_activity_at = ${NOW}
    FROM draft AS last
    WHERE last.accepted AND last.number = last.count AND chats.id = last.chat_id
    RETURNING chats.id, chats.version
  ), positions AS (
    UPDATE chat_members SET read_seq = greatest(read_seq, own.seq), delivered_seq = greatest(delivered_seq, own.seq)
    FROM (
      SELECT chat_id, sender_id, max(last_seq + number) AS seq FROM draft WHERE accepted GROUP BY chat_id, sender_id
    ) AS own
    WHERE chat_members.chat_id = own.chat_id AND chat_members.user_id = own.sender_id
  ), journal AS (
    INSERT INTO commit_journal (chat_ids, versions) SELECT array_agg(id), array_agg(version) FROM heads HAVING count(*) > 0
  )
  SELECT CASE WHEN accepted THEN last_seq + number END, CASE WHEN accepted THEN version + number END,
    id, (SELECT (extract(epoch FROM ${NOW}) * 1000)::bigint), stored_seq, visible_from_seq, answered_seq, answered_sender_id,
    answered_content,
    CASE WHEN answered_seq IS NOT NULL THEN (
      SELECT max(visible_from_seq) FROM chat_members WHERE chat_id = draft.chat_id AND left_at IS NULL
    ) END
  FROM draft
  ORDER BY place`;

export const APPEND: PreparedStatement = { name: 'append', text: APPEND_TEXT };

/** What `APPEND` says of a draft. */
export interface AppendRow {
  /** What the message got; null when it was not appended. */
  seq: number | null;
  version: number | null;
  id: string;
  createdAt: Date;
  /** Where the message was in the log already. */
  storedSeq: number | null;
  /** From where on the sender sees the chat; null for those who are not in it. */
  memberVisibleFrom: number | null;
  answered: { seq: number; senderId: string | null; content: string } | null;
  /** The last of the chat's members joined here: what lies before is not for everybody's eyes. Only where something is answered. */
  seenByAllFrom: number;
}

export function toAppendRow(row: TextRow): AppendRow {
  const [seq, version, id, createdAt, storedSeq, memberVisibleFrom, answeredSeq, senderId, content, seenByAllFrom] =
    row;
  const answered = toNumber(answeredSeq);
  return {
    seq: toNumber(seq),
    version: toNumber(version),
    id: id ?? '',
    createdAt: new Date(Number(createdAt)),
    storedSeq: toNumber(storedSeq),
    memberVisibleFrom: toNumber(memberVisibleFrom),
    answered: answered === null ? null : { seq: answered, senderId: senderId ?? null, content: content ?? '' },
    seenByAllFrom: Number(seenByAllFrom ?? 0),
  };
}

function toNumber(text: string | null | undefined): number | null {
  return text === null || text === undefined ? null : Number(text);
}

/** The drafts as `APPEND` takes them: one array for each column. */
export function appendParameters(drafts: readonly AppendDraft[]): string[] {
  return [
    drafts.map(({ chatId }) => chatId),
    drafts.map(({ senderId }) => senderId),
    drafts.map(({ clientId }) => clientId),
    drafts.map(({ type }) => type),
    drafts.map(({ content }) => content),
    drafts.map(({ replyToId }) => replyToId ?? null),
  ].map(toArrayText);
}

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
