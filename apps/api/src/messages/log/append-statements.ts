import { EXCERPT_LENGTH, joinReply, MESSAGE_COLUMNS } from '../../chats/index.js';

/** Locks the chats' rows in the order of their ids, so that no two batches, on any node, wait for each other. */
export const LOCK_CHATS = `SELECT id FROM chats WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`;

/** The same for those of the chats that nobody else has locked. */
export const LOCK_FREE_CHATS = `${LOCK_CHATS} SKIP LOCKED`;

/**
 * Appends drafts, in their order, to chats that the statement before this one has locked. A statement of its own: its snapshot
 * sees what was committed while the lock was waited for. It looks each draft up (stored already? a member? what does it
 * answer?), numbers those that may be appended, and writes messages, heads, the senders' positions (who writes has read)
 * and the journal. One row for each draft comes back, in their order, as `AppendRow` names its columns.
 *
 * The ids come as UUIDv7 and get the time of the database: messages of all nodes are in one order by id, which is that of their
 * times, also when a draft waited for its turn.
 *
 * It is planned once for each connection, for look-ups by key whatever the tables hold then (`LOG_POOL`), so every join here
 * is one by key: two of these parts joined with each other would take batch × batch steps. The answered message is looked up
 * by its id alone, for which there is one index: given the chat as well, a plan for empty tables may go through the whole chat.
 */
export const APPEND = `
  WITH clock AS MATERIALIZED (
    SELECT now, lpad(to_hex((extract(epoch FROM now) * 1000)::bigint), 12, '0') AS hex
    FROM date_trunc('milliseconds', clock_timestamp()) AS now
  ), found AS (
    SELECT d.chat_id, d.sender_id, d.client_id, d.type, d.content, d.place,
      overlay(d.id::text PLACING left(clock.hex, 8) || '-' || right(clock.hex, 4) FROM 1 FOR 13)::uuid AS id, c.last_seq, c.version, m.seq AS stored_seq, cm.visible_from_seq, a.seq AS answered_seq,
      a.sender_id AS answered_sender_id, left(a.content, ${EXCERPT_LENGTH}) AS answered_content,
      m.seq IS NULL AND cm.user_id IS NOT NULL AND (d.reply_to_id IS NULL OR (a.chat_id = d.chat_id AND a.seq >= cm.visible_from_seq)) AS accepted
    FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::uuid[]) WITH ORDINALITY
      AS d (chat_id, sender_id, client_id, id, type, content, reply_to_id, place)
    CROSS JOIN clock
    LEFT JOIN chats c ON c.id = d.chat_id
    LEFT JOIN messages m ON m.chat_id = d.chat_id AND m.sender_id = d.sender_id AND m.client_id = d.client_id
    LEFT JOIN chat_members cm ON cm.chat_id = d.chat_id AND cm.user_id = d.sender_id AND cm.left_at IS NULL
    LEFT JOIN messages a ON a.id = d.reply_to_id
  ), draft AS MATERIALIZED (
    SELECT found.*, count(*) FILTER (WHERE accepted) OVER (PARTITION BY chat_id ORDER BY place) AS number FROM found
  ), written AS (
    INSERT INTO messages (chat_id, seq, version, id, client_id, sender_id, type, content, reply_to_seq, created_at)
    SELECT chat_id, last_seq + number, version + number, id, client_id, sender_id, type, content, answered_seq, clock.now
    FROM draft, clock WHERE accepted
  ), heads AS (
    UPDATE chats
    SET last_seq = chats.last_seq + head.number, version = chats.version + head.number, activity_id = head.id,
      last_activity_at = clock.now
    FROM (
      SELECT DISTINCT ON (chat_id) chat_id, number, id FROM draft WHERE accepted ORDER BY chat_id, place DESC
    ) AS head, clock
    WHERE chats.id = head.chat_id
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
    id, (extract(epoch FROM clock.now) * 1000)::bigint, stored_seq, visible_from_seq, answered_seq, answered_sender_id,
    answered_content,
    CASE WHEN answered_seq IS NOT NULL THEN (
      SELECT max(visible_from_seq) FROM chat_members WHERE chat_id = draft.chat_id AND left_at IS NULL
    ) END
  FROM draft, clock
  ORDER BY place`;

/** What `APPEND` says of a draft: the seq, version and id it got, the time in milliseconds, and what was found. */
export type AppendRow = [
  seq: number | null,
  version: number | null,
  id: string,
  createdAt: number,
  storedSeq: number | null,
  memberVisibleFrom: number | null,
  answeredSeq: number | null,
  answeredSenderId: string | null,
  answeredContent: string | null,
  /** The last of the chat's members joined here: what lies before is not for everybody's eyes. */
  seenByAllFrom: number | null,
];

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
