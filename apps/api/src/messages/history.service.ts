import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../auth/index.js';
import {
  ChatListRepository,
  MembershipsRepository,
  type MessageDto,
  type MessageRow,
  statusOf,
  toMessage,
  toReceiptPosition,
} from '../chats/index.js';
import { type PageQueryDto, ProblemError } from '../platform/index.js';
import { decodeEditCursor, encodeEditCursor } from './edit-cursor.js';
import { HistoryRepository, type Window } from './history.repository.js';
import type { HistoryQueryDto, MessageEditsDto, MessagePageDto } from './message-request.dto.js';

const DEFAULT_PAGE = 50;

/** What members read of a chat's past. */
@Injectable()
export class HistoryService {
  constructor(
    private readonly history: HistoryRepository,
    private readonly memberships: MembershipsRepository,
    private readonly chats: ChatListRepository,
  ) {}

  /** @throws ProblemError not_a_member; validation_failed for more than one of before, after and around */
  async page(actor: Actor, chatId: string, query: HistoryQueryDto): Promise<MessagePageDto> {
    const { visibleFromSeq } = await this.memberships.require(chatId, actor.id);
    const limit = query.limit ?? DEFAULT_PAGE;
    const { rows, hasMore } = await this.read({ chatId, visibleFromSeq }, query, limit);
    return { items: await this.forReader(actor.id, rows), hasMore };
  }

  /**
   * A page of the edits of a message, for those who can see it; an unsent message keeps nothing.
   * @throws ProblemError not_found, not_a_member; validation_failed (cursor)
   */
  async edits(actor: Actor, messageId: string, query: PageQueryDto): Promise<MessageEditsDto> {
    const after = query.cursor === undefined ? 0 : decodeEditCursor(query.cursor);
    const limit = query.limit ?? DEFAULT_PAGE;
    const place = await this.history.find(messageId);
    if (place === undefined) throw new ProblemError('not_found');
    const { visibleFromSeq } = await this.memberships.require(place.chatId, actor.id);
    if (place.seq < visibleFromSeq) throw new ProblemError('not_found');
    const edits = await this.history.edits(place.chatId, place.seq, after, limit + 1);
    const page = edits.slice(0, limit);
    const last = edits.length > limit ? page.at(-1) : undefined;
    return {
      items: page.map((edit) => ({ content: edit.content, editedAt: edit.editedAt.toISOString() })),
      nextCursor: last === undefined ? null : encodeEditCursor(last.version),
    };
  }

  /** Messages, of one chat or several, as this reader sees them: their own carry how far they have come. */
  async forReader(readerId: string, rows: readonly MessageRow[], manager?: EntityManager): Promise<MessageDto[]> {
    const chatsWithOwn = new Set(rows.filter((row) => isOwn(row, readerId)).map((row) => row.chat_id));
    const members = chatsWithOwn.size > 0 ? await this.chats.members(readerId, [...chatsWithOwn], manager) : [];
    const byChat = Map.groupBy(members, (member) => member.chat_id);
    return rows.map((row) => {
      const positions = isOwn(row, readerId) ? byChat.get(row.chat_id)?.map(toReceiptPosition) : undefined;
      return toMessage(row, positions === undefined ? undefined : statusOf(row.seq, readerId, positions));
    });
  }

  private async read(
    window: Window,
    query: HistoryQueryDto,
    limit: number,
  ): Promise<{ rows: MessageRow[]; hasMore: boolean }> {
    const { before, after, around } = query;
    if ([before, after, around].filter((value) => value !== undefined).length > 1) {
      throw new ProblemError('validation_failed', 'Ask for one of before, after and around.');
    }
    if (after !== undefined) {
      const rows = await this.history.after(window, limit + 1, after);
      return { rows: rows.slice(0, limit), hasMore: rows.length > limit };
    }
    if (around !== undefined) {
      const newerHalf = Math.floor(limit / 2);
      const older = await this.older(window, limit - newerHalf, around + 1);
      const newer = await this.history.after(window, newerHalf, around);
      return { rows: [...older.rows, ...newer], hasMore: older.hasMore };
    }
    return this.older(window, limit, before);
  }

  private async older(
    window: Window,
    limit: number,
    before?: number,
  ): Promise<{ rows: MessageRow[]; hasMore: boolean }> {
    // One more than asked for tells whether there are more; ascending, it comes first.
    const rows = await this.history.before(window, limit + 1, before);
    return { rows: rows.slice(-limit), hasMore: rows.length > limit };
  }
}

function isOwn(row: MessageRow, readerId: string): boolean {
  return row.sender_id === readerId && row.type !== 'system';
}
