import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { LIMITS } from '@chatr/contracts';
import type { Actor } from '../auth/index.js';
import { ChatListRepository, type ChatRow, ChatView, type MessageRow, toPosition } from '../chats/index.js';
import { type ChangedWindow, HistoryRepository, HistoryService } from '../messages/index.js';
import { ProblemError } from '../platform/index.js';
import { MembershipChangesRepository } from './membership-changes.repository.js';
import type { ChatChangesDto, SyncDto, SyncRequestDto } from './sync.dto.js';

/** Memberships in one answer. */
const MEMBERSHIP_PAGE = 100;
/** Messages in one answer, over all its chats, before the share of each chat falls to the least. */
const MESSAGES_IN_ANSWER = 2_000;
const LEAST_SHARE = 10;
/** Messages that replace the copy of a client that is too far behind. */
const NEWEST_PAGE = 50;

/** Tells clients that were away what changed: by version in the chats they hold, by cursor in what is theirs alone. */
@Injectable()
export class SyncService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly memberships: MembershipChangesRepository,
    private readonly list: ChatListRepository,
    private readonly view: ChatView,
    private readonly history: HistoryRepository,
    private readonly reader: HistoryService,
  ) {}

  /** Everything in one snapshot, so that heads and items fit together. @throws ProblemError validation_failed (cursor) */
  async sync(actor: Actor, request: SyncRequestDto): Promise<SyncDto> {
    const since = request.cursor === undefined ? 0 : decodePersonalCursor(request.cursor);
    const held = new Map(Object.entries(request.chats ?? {}));
    return this.database.transaction('REPEATABLE READ', async (manager) => {
      const own = await this.memberships.since(actor.id, since, MEMBERSHIP_PAGE, manager);
      const joinedRows = await this.list.byIds(actor.id, own.active, manager);
      const heldRows = await this.list.byIds(actor.id, [...held.keys()], manager);
      const gone = [...held.keys()].filter((chatId) => !heldRows.some((row) => row.id === chatId));
      return {
        cursor: String(own.cursor),
        hasMore: own.hasMore,
        joined: await this.view.toChats(actor.id, joinedRows, manager),
        left: [...new Set([...(since > 0 ? own.left : []), ...gone])],
        chats: await this.changes(actor.id, heldRows, held, manager),
      };
    });
  }

  private async changes(
    userId: string,
    rows: readonly ChatRow[],
    held: ReadonlyMap<string, number>,
    manager: EntityManager,
  ): Promise<Record<string, ChatChangesDto>> {
    const moved = rows.filter((row) => row.version !== held.get(row.id));
    const pages = await this.pages(moved, held, manager);
    const messages = [...pages.values()].flatMap((page) => page.messages);
    const items = Map.groupBy(await this.reader.forReader(userId, messages, manager), (message) => message.chatId);
    const chats = new Map((await this.view.toChats(userId, moved, manager)).map((chat) => [chat.id, chat]));
    const chatIds = rows.map((row) => row.id);
    const members = Map.groupBy(await this.list.members(chatIds, manager), (member) => member.chat_id);
    const entries = rows.map(({ id, version }): [string, ChatChangesDto] => {
      const page = pages.get(id) ?? { version, hasMore: false, limited: false, messages: [] };
      const chat = chats.get(id);
      const positions = members.get(id)?.map(toPosition);
      return [
        id,
        {
          version: page.version,
          hasMore: page.hasMore,
          limited: page.limited,
          items: items.get(id) ?? [],
          ...(chat === undefined ? {} : { chat }),
          ...(positions === undefined ? {} : { positions }),
        },
      ];
    });
    return Object.fromEntries(entries);
  }

  /** By chat id, the messages that each of these chats has for a client that holds them up to a version. */
  private async pages(
    moved: readonly ChatRow[],
    held: ReadonlyMap<string, number>,
    manager: EntityManager,
  ): Promise<Map<string, Page>> {
    const versionOf = (row: ChatRow): number => held.get(row.id) ?? 0;
    const limited = moved.filter((row) => isTooFarBehind(row, versionOf(row)));
    const continued = moved.filter((row) => !limited.includes(row));
    const evenShare = Math.floor(MESSAGES_IN_ANSWER / Math.max(1, moved.length));
    const share = Math.min(LIMITS.syncChanges, Math.max(LEAST_SHARE, evenShare));
    const toWindow = (row: ChatRow): ChangedWindow => ({
      chatId: row.id,
      visibleFromSeq: row.visible_from_seq,
      version: versionOf(row),
    });
    const changed = await this.history.changedSince(continued.map(toWindow), share + 1, manager);
    const newest = await this.history.newest(limited.map(toWindow), Math.min(share, NEWEST_PAGE), manager);
    const changedByChat = Map.groupBy(changed, (row) => row.chat_id);
    const newestByChat = Map.groupBy(newest, (row) => row.chat_id);
    return new Map([
      ...continued.map((row) => [row.id, nextPage(row, changedByChat.get(row.id) ?? [], share)] as const),
      ...limited.map((row) => [row.id, newestPage(row, newestByChat.get(row.id) ?? [])] as const),
    ]);
  }
}

interface Page {
  version: number;
  hasMore: boolean;
  limited: boolean;
  messages: readonly MessageRow[];
}

/** A copy from before the person (last) joined, from too long ago, or from a future that a restored backup took away. */
function isTooFarBehind(row: ChatRow, held: number): boolean {
  return held < row.joined_version || row.version - held > LIMITS.syncBehind || held > row.version;
}

function newestPage(row: ChatRow, messages: readonly MessageRow[]): Page {
  return { version: row.version, hasMore: false, limited: true, messages: messages.toReversed() };
}

/** The page ends with its last message's version when more follow, else with the chat's own. */
function nextPage(row: ChatRow, messages: readonly MessageRow[], share: number): Page {
  const page = messages.slice(0, share);
  const last = page.at(-1);
  if (messages.length > share && last !== undefined)
    return { version: last.version, hasMore: true, limited: false, messages: page };
  return { version: row.version, hasMore: false, limited: false, messages: page };
}

function decodePersonalCursor(cursor: string): number {
  const value = Number(cursor);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new ProblemError('validation_failed', undefined, {
    errors: [{ path: 'cursor', message: 'cursor is not one of this server' }],
  });
}
