import { LIMITS } from '@chatr/contracts';
import type { MessageDto, MessageStatus, MessageType, ReplyDto, SystemNoteDto } from './message.dto.js';

/** How much of an answered message is shown above the answer. */
export const EXCERPT_LENGTH = 160;

/** A row of the log as `MESSAGE_COLUMNS` selects it, with the answered message where the reader may see it. */
export interface MessageRow {
  chat_id: string;
  seq: number;
  version: number;
  id: string;
  client_id: string;
  sender_id: string;
  type: MessageType;
  content: string;
  system: SystemNoteDto | null;
  created_at: Date;
  edited_at: Date | null;
  deleted_at: Date | null;
  reply_to_seq: number | null;
  reply_id: string | null;
  reply_sender_id: string | null;
  reply_content: string | null;
}

/** The columns of a `MessageRow`, for a query that names the message `m` and the answered one `r`. */
export const MESSAGE_COLUMNS = `
  m.chat_id, m.seq, m.version, m.id, m.client_id, m.sender_id, m.type, m.content, m.system,
  m.created_at, m.edited_at, m.deleted_at, m.reply_to_seq,
  r.id AS reply_id, r.sender_id AS reply_sender_id, left(r.content, ${EXCERPT_LENGTH}) AS reply_content`;

/** Joins the answered message. Content that was sent before the reader joined is theirs to answer to, not to read. */
export function joinReply(visibleFromSeq: string): string {
  return `LEFT JOIN messages r ON r.chat_id = m.chat_id AND r.seq = m.reply_to_seq AND r.seq >= ${visibleFromSeq}`;
}

/** A message as everybody in the chat may see it; `status` is for the sender alone and comes from `statusOf`. */
export function toMessage(row: MessageRow, status?: MessageStatus): MessageDto {
  return {
    id: row.id,
    chatId: row.chat_id,
    seq: row.seq,
    version: row.version,
    clientId: row.client_id,
    senderId: row.sender_id,
    type: row.type,
    content: row.content,
    ...(row.reply_to_seq === null ? {} : { replyTo: toReply(row) }),
    ...(row.system === null ? {} : { system: row.system }),
    reactions: [],
    mentions: [],
    createdAt: row.created_at.toISOString(),
    ...(row.edited_at === null ? {} : { editedAt: row.edited_at.toISOString() }),
    ...(row.deleted_at === null ? {} : { deletedAt: row.deleted_at.toISOString() }),
    ...(status === undefined ? {} : { status }),
  };
}

function toReply(row: MessageRow): ReplyDto {
  if (row.reply_id === null || row.reply_sender_id === null) return { seq: row.reply_to_seq ?? 0 };
  return {
    id: row.reply_id,
    seq: row.reply_to_seq ?? 0,
    senderId: row.reply_sender_id,
    content: row.reply_content ?? '',
  };
}

/** A member's position, as far as receipts need it. */
export interface ReceiptPosition {
  userId: string;
  visibleFromSeq: number;
  deliveredSeq: number;
  readSeq: number;
}

/**
 * The one place that decides whether members see how far the others have come, in REST, sync and events alike. Message requests
 * and privacy settings will be asked here too.
 */
export function showsReceipts(memberCount: number): boolean {
  return memberCount <= LIMITS.receiptMembers;
}

/** How far a message has come: the least over the other members who were there when it was sent. */
export function statusOf(seq: number, senderId: string, positions: readonly ReceiptPosition[]): MessageStatus {
  const others = positions.filter((position) => position.userId !== senderId && position.visibleFromSeq <= seq);
  if (others.length === 0) return 'sent';
  if (others.every((position) => position.readSeq >= seq)) return 'read';
  return others.every((position) => position.deliveredSeq >= seq) ? 'delivered' : 'sent';
}
