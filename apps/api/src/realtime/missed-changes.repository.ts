import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { type DataSource, type EntityManager, In, MoreThan } from 'typeorm';
import {
  ChatChanged,
  ChatEntity,
  ChatListRepository,
  ChatMemberEntity,
  DirectChanges,
  type MessageRow,
  SharedMessage,
  toMember,
  toMessage,
} from '../chats/index.js';
import { HistoryRepository } from '../messages/index.js';

/** Messages of one chat in one read. */
const LIMIT = 500;
/** Chats that are read together. */
const CHATS_AT_ONCE = 40;

export interface MissedChanges {
  /** Ascending by version. */
  changes: ChatChanged[];
  /** Up to where they go. */
  version: number;
}

interface Request {
  chatId: string;
  above: number;
  resolve(missed: MissedChanges): void;
  reject(error: unknown): void;
}

interface Newcomer {
  chat_id: string;
  user_id: string;
  visible_from_seq: number;
}

/** Reads from the log what was committed and not published here: chats that are asked for together are read together. */
@Injectable()
export class MissedChangesRepository {
  private readonly waiting: Request[] = [];
  private reading = false;

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly history: HistoryRepository,
    private readonly list: ChatListRepository,
    private readonly directs: DirectChanges,
  ) {}

  /** Those of these chats that have moved beyond the given versions, and how far. */
  behind(heads: ReadonlyMap<string, number>): Promise<{ chatId: string; version: number }[]> {
    if (heads.size === 0) return Promise.resolve([]);
    return this.database.query(
      `SELECT c.id AS "chatId", c.version
       FROM unnest($1::uuid[], $2::bigint[]) AS told (id, version) JOIN chats c ON c.id = told.id
       WHERE c.version > told.version`,
      [[...heads.keys()], [...heads.values()]],
    );
  }

  /** Which of these people were let into a chat within so many seconds. */
  joinedWithin(seconds: number, userIds: readonly string[]): Promise<{ chatId: string; userIds: string[] }[]> {
    return this.database.query(
      `SELECT chat_id AS "chatId", array_agg(user_id) AS "userIds" FROM chat_members
       WHERE user_id = ANY($1::uuid[]) AND left_at IS NULL AND joined_at > clock_timestamp() - make_interval(secs => $2)
       GROUP BY chat_id`,
      [userIds, seconds],
    );
  }

  /** Every change of a chat above a version, and up to where they go. */
  read(chatId: string, above: number): Promise<MissedChanges> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ chatId, above, resolve, reject });
      if (!this.reading) void this.readWaiting();
    });
  }

  private async readWaiting(): Promise<void> {
    this.reading = true;
    await new Promise((resolve) => setImmediate(resolve));
    while (this.waiting.length > 0) {
      const requests = this.waiting.splice(0, CHATS_AT_ONCE);
      try {
        const missed = await this.readTogether(requests);
        for (const request of requests) {
          request.resolve(missed.get(request.chatId) ?? { changes: [], version: request.above });
        }
      } catch (error) {
        for (const request of requests) request.reject(error);
      }
    }
    this.reading = false;
  }

  private readTogether(requests: readonly Request[]): Promise<Map<string, MissedChanges>> {
    return this.database.transaction('REPEATABLE READ', async (manager) => {
      const above = new Map(requests.map((request) => [request.chatId, request.above]));
      const chats = await manager.findBy(ChatEntity, { id: In([...above.keys()]) });
      const windows = chats.map(({ id }) => ({
        chatId: id,
        visibleFromSeq: 0,
        version: above.get(id) ?? 0,
        limit: LIMIT,
      }));
      const messages = Map.groupBy(await this.history.changedSince(windows, manager), (row) => row.chat_id);
      const newcomers = Map.groupBy(await this.newcomers([...messages.keys()], manager), (member) => member.chat_id);
      const missed = new Map<string, MissedChanges>();
      for (const chat of chats) {
        const rows = messages.get(chat.id) ?? [];
        // A page that is full ends with its last message; the rest is found missing again.
        const version = rows.length === LIMIT ? (rows.at(-1)?.version ?? chat.version) : chat.version;
        const ofMessages = rows.map((row) => toChange(row, chat, newcomers.get(chat.id) ?? []));
        const ofMembers = await this.members(chat, above.get(chat.id) ?? 0, manager);
        const changes = [...ofMessages, ...ofMembers.filter((change) => change.version <= version)];
        missed.set(chat.id, { changes: changes.toSorted((a, b) => a.version - b.version), version });
      }
      return missed;
    });
  }

  /** Present members who did not see their chat begin. */
  private newcomers(chatIds: readonly string[], manager: EntityManager): Promise<Newcomer[]> {
    return manager.query(
      `SELECT chat_id, user_id, visible_from_seq FROM chat_members
       WHERE chat_id = ANY($1::uuid[]) AND left_at IS NULL AND visible_from_seq > 1`,
      [chatIds],
    );
  }

  /** What the two of a direct chat let each other do, as it is now. */
  private async direct(chat: ChatEntity, above: number, manager: EntityManager): Promise<ChatChanged> {
    const { id, detailsVersion } = chat;
    return new ChatChanged(id, detailsVersion, await this.directs.describe(id, detailsVersion, above, manager));
  }

  /** Changes of the members and the name, told as they are now. */
  private async members(chat: ChatEntity, above: number, manager: EntityManager): Promise<ChatChanged[]> {
    if (chat.detailsVersion <= above) return [];
    if (chat.type === 'direct') return [await this.direct(chat, above, manager)];
    const changed = await manager.findBy(ChatMemberEntity, { chatId: chat.id, version: MoreThan(above) });
    const present = await this.list.allMembers(chat.id, manager);
    const byVersion = Map.groupBy(changed, (member) => member.version);
    if (!byVersion.has(chat.detailsVersion)) byVersion.set(chat.detailsVersion, []);
    return [...byVersion].map(([version, group]) => {
      const here = new Set(group.filter((member) => member.leftAt === null).map((member) => member.userId));
      const left = group.filter((member) => member.leftAt !== null).map((member) => member.userId);
      const update = {
        chatId: chat.id,
        version,
        ...(chat.name === null ? {} : { name: chat.name }),
        avatarUrl: chat.avatarUrl,
        memberCount: chat.memberCount,
        members: present.filter((row) => here.has(row.user_id)).map(toMember),
        removedUserIds: left,
      };
      const joined = group
        .filter((member) => member.leftAt === null && member.joinedVersion > above)
        .map((member) => member.userId);
      return new ChatChanged(chat.id, version, {
        kind: 'updated',
        update,
        joined,
        left: left.map((userId) => ({ userId, reason: 'removed' })),
      });
    });
  }
}

function toChange(row: MessageRow, chat: ChatEntity, newcomers: readonly Newcomer[]): ChatChanged {
  const event = row.deleted_at !== null ? 'unsent' : row.edited_at !== null ? 'edited' : 'sent';
  const seenByAllFrom = Math.max(1, ...newcomers.map((member) => member.visible_from_seq));
  const quotable = (row.reply_to_seq ?? seenByAllFrom) >= seenByAllFrom;
  const seen = quotable ? row : { ...row, reply_id: null, reply_sender_id: null, reply_content: null };
  return new ChatChanged(row.chat_id, row.version, {
    kind: 'message',
    event,
    shared: new SharedMessage(toMessage(seen)),
    hiddenFrom: {
      userIds: newcomers.filter((member) => member.visible_from_seq > row.seq).map((member) => member.user_id),
      memberCount: chat.memberCount,
    },
  });
}
