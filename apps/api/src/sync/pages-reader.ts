import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { LIMITS } from '@chatr/contracts';
import type { ChatRow, MessageRow } from '../chats/index.js';
import { type ChangedWindow, HistoryRepository } from '../messages/index.js';
import { AnswerSizes } from './answer-sizes.js';
import type { ByteBudget } from './byte-budget.js';

/** Messages in one answer, over all its chats, before the share of each chat falls to the least. */
const MESSAGES_IN_ANSWER = 2_000;
const LEAST_SHARE = 10;
/** Messages that replace the copy of a client that is too far behind. */
const NEWEST_PAGE = 50;

/** What one chat has for a client that holds it up to a version. */
export interface Page {
  version: number;
  hasMore: boolean;
  limited: boolean;
  messages: readonly MessageRow[];
}

/** A page before its texts are read. */
interface Plan {
  row: ChatRow;
  limited: boolean;
  /** How many messages. */
  take: number;
  hasMore: boolean;
}

/** Reads what changed in chats. Sizes come first: texts that the answer has no room for are not read. */
@Injectable()
export class PagesReader {
  constructor(private readonly history: HistoryRepository) {}

  /**
   * By chat id the pages that fit, in the order of the rows. The first chat gets at least one message whatever its size, so that a
   * client comes on with each answer; a chat that nothing of fits has no page.
   */
  async read(
    rows: readonly ChatRow[],
    held: ReadonlyMap<string, number>,
    sizes: AnswerSizes,
    budget: ByteBudget,
    manager: EntityManager,
  ): Promise<Map<string, Page>> {
    const moved = rows.filter((row) => row.version !== held.get(row.id));
    const share = shareOf(moved.length);
    const window = (row: ChatRow, limit: number): ChangedWindow => ({
      chatId: row.id,
      visibleFromSeq: row.visible_from_seq,
      version: held.get(row.id) ?? 0,
      limit,
    });
    const limitedRows = new Set(moved.filter((row) => isTooFarBehind(row, held.get(row.id) ?? 0)));
    const continued = moved.filter((row) => !limitedRows.has(row));
    const messageSizes = Map.groupBy(
      [
        ...(await this.history.sizesSince(
          continued.map((row) => window(row, share + 1)),
          manager,
        )),
        ...(await this.history.newestSizes(
          [...limitedRows].map((row) => window(row, Math.min(share, NEWEST_PAGE))),
          manager,
        )),
      ],
      (size) => size.chat_id,
    );
    const plans = rows.flatMap((row, index): Plan[] => {
      const limited = limitedRows.has(row);
      const bytes = (messageSizes.get(row.id) ?? []).map((size) => AnswerSizes.message(size.bytes));
      const page = bytes.slice(0, share);
      const take = takePage(AnswerSizes.positions(row) + sizes.chat(row.id), page, budget, index === 0);
      return take === undefined ? [] : [{ row, limited, take, hasMore: !limited && take < bytes.length }];
    });
    const toRead = (limited: boolean): ChangedWindow[] =>
      plans.filter((plan) => plan.limited === limited && plan.take > 0).map(({ row, take }) => window(row, take));
    const changed = await this.history.changedSince(toRead(false), manager);
    const newest = await this.history.newest(toRead(true), manager);
    const messages = Map.groupBy([...changed, ...newest.toReversed()], (row) => row.chat_id);
    return new Map(plans.map((plan) => [plan.row.id, toPage(plan, messages.get(plan.row.id) ?? [])]));
  }

  /** By chat id, how many bytes the text of its last message has. */
  async lastMessageSizes(rows: readonly ChatRow[], manager: EntityManager): Promise<Map<string, number>> {
    const windows = rows.map((row) => ({
      chatId: row.id,
      visibleFromSeq: row.visible_from_seq,
      version: 0,
      limit: 1,
    }));
    const sizes = await this.history.newestSizes(windows, manager);
    return new Map(sizes.map((size) => [size.chat_id, size.bytes]));
  }
}

/** How many changes each of so many chats may have in one answer. */
function shareOf(chats: number): number {
  const even = Math.floor(MESSAGES_IN_ANSWER / Math.max(1, chats));
  return Math.min(LIMITS.syncChanges, Math.max(LEAST_SHARE, even));
}

/** How many of these messages there is room for beside the chat itself; undefined where nothing is left to be told. */
function takePage(
  chatBytes: number,
  messages: readonly number[],
  budget: ByteBudget,
  isFirst: boolean,
): number | undefined {
  const [first = 0, ...rest] = messages;
  if (isFirst) budget.force(chatBytes + first);
  else if (!budget.take(chatBytes + first)) return undefined;
  return messages.length === 0 ? 0 : 1 + budget.takeSome(rest);
}

/** A copy from before the person (last) joined, from too long ago, or from a future that a restored backup took away. */
function isTooFarBehind(row: ChatRow, held: number): boolean {
  return held < row.joined_version || row.version - held > LIMITS.syncBehind || held > row.version;
}

/** The page ends with its last message's version when more follow, else with the chat's own. */
function toPage({ row, limited, hasMore }: Plan, messages: readonly MessageRow[]): Page {
  const last = messages.at(-1);
  const version = hasMore && last !== undefined ? last.version : row.version;
  return { version, hasMore, limited, messages };
}
