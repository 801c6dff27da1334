import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { type DataSource, type EntityManager, MoreThan } from 'typeorm';
import { joinReply, MESSAGE_COLUMNS, type MessageRow } from '../chats/index.js';
import { MessageEditEntity } from './message-edit.entity.js';

/** A part of a chat that a member can see. */
export interface Window {
  chatId: string;
  visibleFromSeq: number;
}

/** A part of a chat of which a client holds everything up to a version. */
export interface ChangedWindow extends Window {
  version: number;
  /** At most so many messages. */
  limit: number;
}

/** How much a message is to read. */
export interface MessageSize {
  chat_id: string;
  seq: number;
  /** Of its text, in UTF-8. */
  bytes: number;
}

const SIZE_COLUMNS = 'm.chat_id, m.seq, octet_length(m.content) AS bytes';
const CHANGED = 'AND m.version > w.version ORDER BY m.version LIMIT w.page';
const NEWEST = 'ORDER BY m.seq DESC LIMIT w.page';

/** Reads the log. Every statement starts from where the reader's sight begins, and every page is cut by `seq` or `version`. */
@Injectable()
export class HistoryRepository {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /** The nearest messages below `seq` (the newest ones without it), ascending. */
  async before(window: Window, limit: number, seq?: number): Promise<MessageRow[]> {
    const rows = await this.select(window, `AND ($3::bigint IS NULL OR m.seq < $3) ORDER BY m.seq DESC LIMIT $4`, [
      seq ?? null,
      limit,
    ]);
    return rows.reverse();
  }

  /** The nearest messages above `seq`, ascending. */
  after(window: Window, limit: number, seq: number): Promise<MessageRow[]> {
    return this.select(window, `AND m.seq > $3 ORDER BY m.seq LIMIT $4`, [seq, limit]);
  }

  /** Of each chat the messages that are new or changed since its version, ascending by `version`. */
  changedSince(windows: readonly ChangedWindow[], manager: EntityManager): Promise<MessageRow[]> {
    return this.selectAll(windows, MESSAGE_COLUMNS, CHANGED, manager);
  }

  /** Of each chat the newest messages, descending by `seq`. */
  newest(windows: readonly ChangedWindow[], manager: EntityManager): Promise<MessageRow[]> {
    return this.selectAll(windows, MESSAGE_COLUMNS, NEWEST, manager);
  }

  /** The sizes of what `changedSince` returns, in its order. No text is read for it. */
  sizesSince(windows: readonly ChangedWindow[], manager: EntityManager): Promise<MessageSize[]> {
    return this.selectAll(windows, SIZE_COLUMNS, CHANGED, manager);
  }

  /** The sizes of what `newest` returns, in its order. */
  newestSizes(windows: readonly ChangedWindow[], manager: EntityManager): Promise<MessageSize[]> {
    return this.selectAll(windows, SIZE_COLUMNS, NEWEST, manager);
  }

  /** These messages; `quotesFrom` is where the sight of those begins who will read what they answer. */
  several(chatId: string, seqs: readonly number[], quotesFrom: number, manager: EntityManager): Promise<MessageRow[]> {
    return manager.query(
      `SELECT ${MESSAGE_COLUMNS} FROM messages m ${joinReply('$3')} WHERE m.chat_id = $1 AND m.seq = ANY($2::bigint[])`,
      [chatId, seqs, quotesFrom],
    );
  }

  /** Gives a new version to each message that quotes this one. Returns their numbers. */
  async stampAnswers(
    chatId: string,
    seq: number,
    takeVersion: () => number,
    manager: EntityManager,
  ): Promise<number[]> {
    const answers = await manager.query<{ seq: number }[]>(
      `SELECT seq FROM messages WHERE chat_id = $1 AND reply_to_seq = $2 AND deleted_at IS NULL ORDER BY seq`,
      [chatId, seq],
    );
    const seqs = answers.map((answer) => answer.seq);
    if (seqs.length === 0) return seqs;
    await manager.query(
      `UPDATE messages SET version = stamped.version
       FROM unnest($2::bigint[], $3::bigint[]) AS stamped (seq, version)
       WHERE messages.chat_id = $1 AND messages.seq = stamped.seq`,
      [chatId, seqs, seqs.map(() => takeVersion())],
    );
    return seqs;
  }

  /** Where a message is: its id alone does not say which chat it is in. */
  async find(messageId: string): Promise<{ chatId: string; seq: number } | undefined> {
    const [row] = await this.database.query<{ chat_id: string; seq: number }[]>(
      `SELECT chat_id, seq FROM messages WHERE id = $1`,
      [messageId],
    );
    return row === undefined ? undefined : { chatId: row.chat_id, seq: row.seq };
  }

  /** The id of the message with this number. */
  async idAt(chatId: string, seq: number): Promise<string | undefined> {
    const [row] = await this.database.query<{ id: string }[]>(
      `SELECT id FROM messages WHERE chat_id = $1 AND seq = $2`,
      [chatId, seq],
    );
    return row?.id;
  }

  /** The message that this sender has under this name. What it answers is quoted only to those who are still in the chat. */
  async byClientId(chatId: string, senderId: string, clientId: string): Promise<MessageRow | undefined> {
    const [row] = await this.database.query<MessageRow[]>(
      `SELECT ${MESSAGE_COLUMNS} FROM messages m
       LEFT JOIN chat_members own ON own.chat_id = m.chat_id AND own.user_id = m.sender_id AND own.left_at IS NULL
       ${joinReply('own.visible_from_seq')}
       WHERE m.chat_id = $1 AND m.sender_id = $2 AND m.client_id = $3`,
      [chatId, senderId, clientId],
    );
    return row;
  }

  /** Who may see which edits is the caller's question; those above the version `after`, oldest first. */
  edits(chatId: string, seq: number, after: number, limit: number): Promise<MessageEditEntity[]> {
    const where = { chatId, seq, version: MoreThan(after) };
    return this.database.manager.find(MessageEditEntity, { where, order: { version: 'ASC' }, take: limit });
  }

  /** Forgets all but the newest edits of a message. */
  async forgetEdits(chatId: string, seq: number, keep: number, manager: EntityManager): Promise<void> {
    await manager.query(
      `DELETE FROM message_edits WHERE chat_id = $1 AND seq = $2 AND version <= (
         SELECT version FROM message_edits WHERE chat_id = $1 AND seq = $2 ORDER BY version DESC OFFSET $3 LIMIT 1
       )`,
      [chatId, seq, keep],
    );
  }

  private select({ chatId, visibleFromSeq }: Window, rest: string, parameters: unknown[]): Promise<MessageRow[]> {
    return this.database.query(
      `SELECT ${MESSAGE_COLUMNS} FROM messages m ${joinReply('$2')} WHERE m.chat_id = $1 AND m.seq >= $2 ${rest}`,
      [chatId, visibleFromSeq, ...parameters],
    );
  }

  private async selectAll<Row>(
    windows: readonly ChangedWindow[],
    columns: string,
    rest: string,
    manager: EntityManager,
  ): Promise<Row[]> {
    if (windows.length === 0) return [];
    const join = columns === MESSAGE_COLUMNS ? joinReply('w.visible_from_seq') : '';
    return manager.query(
      `SELECT page.* FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[])
         AS w (chat_id, visible_from_seq, version, page)
       CROSS JOIN LATERAL (
         SELECT ${columns} FROM messages m ${join}
         WHERE m.chat_id = w.chat_id AND m.seq >= w.visible_from_seq ${rest}
       ) AS page`,
      [
        windows.map((window) => window.chatId),
        windows.map((window) => window.visibleFromSeq),
        windows.map((window) => window.version),
        windows.map((window) => window.limit),
      ],
    );
  }
}
