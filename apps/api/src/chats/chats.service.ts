import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { Actor } from '../auth/index.js';
import { DomainEvents, isUniqueViolation, newId, ProblemError } from '../platform/index.js';
import { UsersService } from '../users/index.js';
import { ChatChanged } from './chat-events.js';
import { ChatListRepository } from './chat-list.repository.js';
import { LockedChat } from './chat-transaction.js';
import { ChatView } from './chat-view.js';
import type { ChatDto, ChatPageDto, CreateChatDto, ListChatsDto } from './chat.dto.js';
import { ChatEntity } from './chat.entity.js';
import { CommitJournal } from './commit-journal.js';
import { MembershipsRepository, type NewMember } from './memberships.repository.js';
import { decodeCursor, encodeCursor } from './page-cursor.js';

const DEFAULT_PAGE = 50;
const FIRST_VERSION = 1;

interface NewChat {
  type: ChatEntity['type'];
  name: string | null;
  directKey: string | null;
  members: readonly NewMember[];
}

@Injectable()
export class ChatsService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly list: ChatListRepository,
    private readonly view: ChatView,
    private readonly memberships: MembershipsRepository,
    private readonly users: UsersService,
    private readonly journal: CommitJournal,
    private readonly events: DomainEvents,
  ) {}

  async page(actor: Actor, query: ListChatsDto): Promise<ChatPageDto> {
    const limit = query.limit ?? DEFAULT_PAGE;
    const rows = await this.list.page(
      actor.id,
      limit + 1,
      query.cursor === undefined ? undefined : decodeCursor(query.cursor),
    );
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      items: await this.view.toChats(actor.id, page),
      nextCursor: rows.length > limit && last !== undefined ? encodeCursor(last.activity_id) : null,
    };
  }

  /** @throws ProblemError not_a_member, for chats that do not exist as well */
  async get(actor: Actor, chatId: string): Promise<ChatDto> {
    const [chat] = await this.view.toChats(actor.id, await this.list.byIds(actor.id, [chatId]));
    if (chat === undefined) throw new ProblemError('not_a_member');
    return chat;
  }

  async create(actor: Actor, draft: CreateChatDto): Promise<ChatDto> {
    const chatId =
      draft.type === 'direct' ? await this.openDirect(actor, draft.userId ?? '') : await this.createGroup(actor, draft);
    return this.get(actor, chatId);
  }

  /**
   * The id of the direct chat between two people, which is made when it does not exist.
   * @throws ProblemError not_found when there is no such person; validation_failed for a chat with oneself
   */
  async openDirect(actor: Actor, peerId: string): Promise<string> {
    if (peerId === actor.id) throw new ProblemError('validation_failed', 'A direct chat is with somebody else.');
    const directKey = [actor.id, peerId].sort().join(':');
    const existing = await this.findDirect(directKey);
    if (existing !== undefined) return existing;
    await this.users.requireActive([peerId]);
    const members: NewMember[] = [actor.id, peerId].map((userId) => ({ userId, role: 'member' }));
    try {
      return await this.insert(actor, { type: 'direct', name: null, directKey, members });
    } catch (error) {
      // Both opened it at the same moment: the unique key lets one of them make it.
      const other = isUniqueViolation(error, 'chats_direct_key') ? await this.findDirect(directKey) : undefined;
      if (other === undefined) throw error;
      return other;
    }
  }

  private async findDirect(directKey: string): Promise<string | undefined> {
    const chat = await this.database.manager.findOne(ChatEntity, { where: { directKey }, select: { id: true } });
    return chat?.id;
  }

  private async createGroup(actor: Actor, draft: CreateChatDto): Promise<string> {
    const others = (draft.memberIds ?? []).filter((id) => id !== actor.id);
    await this.users.requireActive(others);
    const members: NewMember[] = [
      { userId: actor.id, role: 'owner' },
      ...others.map((userId) => ({ userId, role: 'member' as const })),
    ];
    return this.insert(actor, { type: 'group', name: draft.name ?? '', directKey: null, members });
  }

  private async insert(actor: Actor, draft: NewChat): Promise<string> {
    const createdAt = new Date();
    const id = newId(createdAt);
    const userIds = draft.members.map((member) => member.userId);
    await this.store(id, createdAt, actor, draft);
    this.events.publish(new ChatChanged(id, FIRST_VERSION, { kind: 'created', userIds }));
    return id;
  }

  private store(id: string, createdAt: Date, actor: Actor, draft: NewChat): Promise<void> {
    return this.database.transaction(async (manager) => {
      const chat = manager.create(ChatEntity, {
        id,
        type: draft.type,
        name: draft.name,
        directKey: draft.directKey,
        createdBy: actor.id,
        lastSeq: 0,
        version: FIRST_VERSION,
        detailsVersion: FIRST_VERSION,
        activityId: id,
        createdAt,
        lastActivityAt: createdAt,
        memberCount: 0,
      });
      await manager.insert(ChatEntity, chat);
      // Nobody else can see the row before the commit, so it is as good as locked.
      await this.memberships.add(new LockedChat(manager, chat), draft.members, FIRST_VERSION);
      await manager.update(ChatEntity, { id }, { memberCount: chat.memberCount });
      await this.journal.record(
        manager,
        id,
        FIRST_VERSION,
        draft.members.map((member) => member.userId),
      );
    });
  }
}
