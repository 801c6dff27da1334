import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import type { Actor } from '../auth/index.js';
import { ChatListRepository, type ChatRow, ChatView, toPosition } from '../chats/index.js';
import { HistoryService } from '../messages/index.js';
import { ProblemError } from '../platform/index.js';
import { AnswerSizes } from './answer-sizes.js';
import { ByteBudget } from './byte-budget.js';
import { type MembershipChanges, MembershipChangesRepository } from './membership-changes.repository.js';
import { type Page, PagesReader } from './pages-reader.js';
import type { ChatChangesDto, SyncDto, SyncRequestDto } from './sync.dto.js';
import { SyncGate } from './sync-gate.js';

/** Memberships in one answer. */
const MEMBERSHIP_PAGE = 100;
/** A sync holds a database connection: this leaves some of the pool for everything else. */
const GATE = { running: 6, waitingEach: 8, waiting: 1_000 };

/** Tells clients that were away what changed: by version in the chats they hold, by cursor in what is theirs alone. */
@Injectable()
export class SyncService {
  private readonly gate = new SyncGate(GATE);

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly memberships: MembershipChangesRepository,
    private readonly list: ChatListRepository,
    private readonly view: ChatView,
    private readonly pages: PagesReader,
    private readonly reader: HistoryService,
  ) {}

  /**
   * Everything in one snapshot, so that heads and items fit together.
   * @throws ProblemError validation_failed (cursor), overloaded
   */
  async sync(actor: Actor, request: SyncRequestDto): Promise<SyncDto> {
    const since = request.cursor === undefined ? 0 : decodePersonalCursor(request.cursor);
    const held = new Map(Object.entries(request.chats ?? {}));
    return this.gate.run(actor.id, () =>
      this.database.transaction('REPEATABLE READ', (manager) => this.answer(actor.id, since, held, manager)),
    );
  }

  private async answer(
    userId: string,
    since: number,
    held: ReadonlyMap<string, number>,
    manager: EntityManager,
  ): Promise<SyncDto> {
    const budget = new ByteBudget();
    const own = await this.memberships.since(userId, since, MEMBERSHIP_PAGE, manager);
    const active = own.changes.filter((change) => !change.gone).map((change) => change.chatId);
    const joinedRows = await this.list.byIds(userId, active, manager);
    const told = takeMemberships(own, await this.sizesOf(joinedRows, manager), budget);
    const heldRows = await this.list.byIds(userId, [...held.keys()], manager);
    const rows = new Map(heldRows.map((row) => [row.id, row]));
    // In the order of the request: a client names last what it has just been told a part of.
    const asked = [...held.keys()].flatMap((chatId) => rows.get(chatId) ?? []);
    const gone = [...held.keys()].filter((chatId) => !rows.has(chatId));
    return {
      cursor: String(told.cursor),
      hasMore: told.hasMore,
      joined: await this.view.toChats(
        userId,
        joinedRows.filter((row) => told.chatIds.has(row.id)),
        manager,
      ),
      left: [...new Set([...(since > 0 ? told.left : []), ...gone])],
      chats: await this.changes(userId, asked, held, budget, manager),
    };
  }

  private async changes(
    userId: string,
    rows: readonly ChatRow[],
    held: ReadonlyMap<string, number>,
    budget: ByteBudget,
    manager: EntityManager,
  ): Promise<Record<string, ChatChangesDto>> {
    const moved = rows.filter((row) => row.version !== held.get(row.id));
    const sizes = await this.sizesOf(moved, manager);
    const pages = await this.pages.read(rows, held, sizes, budget, manager);
    const told = rows.filter((row) => pages.has(row.id));
    const messages = told.flatMap((row) => pages.get(row.id)?.messages ?? []);
    const items = Map.groupBy(await this.reader.forReader(userId, messages, manager), (message) => message.chatId);
    const toldMoved = told.filter((row) => moved.includes(row));
    const chats = new Map((await this.view.toChats(userId, toldMoved, manager)).map((chat) => [chat.id, chat]));
    const chatIds = told.map((row) => row.id);
    const members = Map.groupBy(await this.list.members(userId, chatIds, manager), (member) => member.chat_id);
    const entries = rows.map(({ id }): [string, ChatChangesDto] => {
      const { version, hasMore, limited } = pages.get(id) ?? putOff(held.get(id));
      const chat = chats.get(id);
      const positions = members.get(id)?.map(toPosition);
      return [
        id,
        {
          version,
          hasMore,
          limited,
          items: items.get(id) ?? [],
          ...(chat === undefined ? {} : { chat }),
          ...(positions === undefined ? {} : { positions }),
        },
      ];
    });
    return Object.fromEntries(entries);
  }

  private async sizesOf(rows: readonly ChatRow[], manager: EntityManager): Promise<AnswerSizes> {
    return new AnswerSizes(rows, await this.pages.lastMessageSizes(rows, manager));
  }
}

/** A chat for which there was no room: the client stays where it is, and asks again. */
function putOff(version = 0): Omit<Page, 'messages'> {
  return { version, hasMore: true, limited: false };
}

/** The memberships that fit, in the order in which they changed: at least one of them. */
function takeMemberships(
  { changes, since, hasMore }: MembershipChanges,
  sizes: AnswerSizes,
  budget: ByteBudget,
): { chatIds: Set<string>; left: string[]; cursor: number; hasMore: boolean } {
  const cut = changes.findIndex(({ chatId, gone }, index) => {
    if (gone) return false;
    const bytes = sizes.chat(chatId);
    if (index === 0) budget.force(bytes);
    return index > 0 && !budget.take(bytes);
  });
  const told = cut === -1 ? changes : changes.slice(0, cut);
  return {
    chatIds: new Set(told.filter((change) => !change.gone).map((change) => change.chatId)),
    left: told.filter((change) => change.gone).map((change) => change.chatId),
    cursor: told.at(-1)?.cursor ?? since,
    hasMore: hasMore || cut !== -1,
  };
}

function decodePersonalCursor(cursor: string): number {
  const value = Number(cursor);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new ProblemError('validation_failed', undefined, {
    errors: [{ path: 'cursor', message: 'cursor is not one of this server' }],
  });
}
