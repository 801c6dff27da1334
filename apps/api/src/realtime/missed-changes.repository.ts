import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { type DataSource, type EntityManager, MoreThan } from 'typeorm';
import {
  ChatChanged,
  ChatEntity,
  ChatListRepository,
  ChatMemberEntity,
  ChatView,
  type MemberRow,
  type MessageRow,
  toMessage,
} from '../chats/index.js';
import { HistoryRepository } from '../messages/index.js';

const LIMIT = 500;

export interface MissedChanges {
  /** Ascending by version. */
  changes: ChatChanged[];
  /** Up to where they go. */
  version: number;
}

/** Reads from the log what was committed and not published here. */
@Injectable()
export class MissedChangesRepository {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly history: HistoryRepository,
    private readonly list: ChatListRepository,
    private readonly view: ChatView,
  ) {}

  /** Those of these chats that have moved beyond the given versions. */
  async behind(heads: ReadonlyMap<string, number>): Promise<string[]> {
    if (heads.size === 0) return [];
    const rows = await this.database.query<{ id: string }[]>(
      `SELECT c.id FROM unnest($1::uuid[], $2::bigint[]) AS told (id, version) JOIN chats c ON c.id = told.id
       WHERE c.version > told.version`,
      [[...heads.keys()], [...heads.values()]],
    );
    return rows.map((row) => row.id);
  }

  read(chatId: string, above: number): Promise<MissedChanges> {
    return this.database.transaction('REPEATABLE READ', async (manager) => {
      const chat = await manager.findOneBy(ChatEntity, { id: chatId });
      if (chat === null) return { changes: [], version: above };
      const messages = await this.messages(chatId, above, manager);
      // A page that is full ends with its last message; the rest is found missing again.
      const version = messages.length === LIMIT ? (messages.at(-1)?.version ?? chat.version) : chat.version;
      const members = (await this.members(chat, above, manager)).filter((change) => change.version <= version);
      const present = await this.list.allMembers(chatId, manager);
      const changes = [...messages.map((row) => toChange(row, present)), ...members].toSorted(
        (a, b) => a.version - b.version,
      );
      return { changes, version };
    });
  }

  private async messages(chatId: string, above: number, manager: EntityManager): Promise<MessageRow[]> {
    const members = await this.list.allMembers(chatId, manager);
    const seenByAllFrom = Math.max(1, ...members.map((member) => member.visible_from_seq));
    const rows = await this.history.changedSince(
      [{ chatId, visibleFromSeq: 0, version: above, limit: LIMIT }],
      manager,
    );
    return rows.map((row) =>
      (row.reply_to_seq ?? seenByAllFrom) >= seenByAllFrom
        ? row
        : { ...row, reply_id: null, reply_sender_id: null, reply_content: null },
    );
  }

  /** Changes of the members and the name, told as they are now. */
  private async members(chat: ChatEntity, above: number, manager: EntityManager): Promise<ChatChanged[]> {
    if (chat.detailsVersion <= above) return [];
    const changed = await manager.findBy(ChatMemberEntity, { chatId: chat.id, version: MoreThan(above) });
    const present = await this.list.allMembers(chat.id, manager);
    const byVersion = Map.groupBy(changed, (member) => member.version);
    if (!byVersion.has(chat.detailsVersion)) byVersion.set(chat.detailsVersion, []);
    const changes = [...byVersion].map(async ([version, group]) => {
      const here = new Set(group.filter((member) => member.leftAt === null).map((member) => member.userId));
      const left = group.filter((member) => member.leftAt !== null).map((member) => member.userId);
      const update = {
        chatId: chat.id,
        version,
        ...(chat.name === null ? {} : { name: chat.name }),
        avatarUrl: chat.avatarUrl,
        memberCount: chat.memberCount,
        members: await this.view.toMembers(
          present.filter((row) => here.has(row.user_id)),
          manager,
        ),
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
    return Promise.all(changes);
  }
}

function toChange(row: MessageRow, present: readonly MemberRow[]): ChatChanged {
  const event = row.deleted_at !== null ? 'unsent' : row.edited_at !== null ? 'edited' : 'sent';
  return new ChatChanged(row.chat_id, row.version, {
    kind: 'message',
    event,
    message: toMessage(row),
    hiddenFrom: {
      userIds: present.filter((member) => member.visible_from_seq > row.seq).map((member) => member.user_id),
      memberCount: present.length,
    },
  });
}
