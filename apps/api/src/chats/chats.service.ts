import { Injectable } from '@nestjs/common';
import type { Actor } from '../auth/index.js';
import { ProblemError } from '../platform/index.js';
import { UsersService } from '../users/index.js';
import { ChatFactory } from './chat-factory.js';
import { ChatListRepository } from './chat-list.repository.js';
import { ChatView } from './chat-view.js';
import type { ChatDto, ChatPageDto, CreateChatDto, ListChatsDto } from './chat.dto.js';
import { DirectChatsService } from './direct-chats.service.js';
import type { NewMember } from './memberships.repository.js';
import { decodeCursor, encodeCursor } from './page-cursor.js';

const DEFAULT_PAGE = 50;

@Injectable()
export class ChatsService {
  constructor(
    private readonly list: ChatListRepository,
    private readonly view: ChatView,
    private readonly factory: ChatFactory,
    private readonly directs: DirectChatsService,
    private readonly users: UsersService,
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
      draft.type === 'direct'
        ? await this.directs.open(actor, draft.userId ?? '')
        : await this.createGroup(actor, draft);
    return this.get(actor, chatId);
  }

  private async createGroup(actor: Actor, draft: CreateChatDto): Promise<string> {
    const others = (draft.memberIds ?? []).filter((id) => id !== actor.id);
    await this.users.requireActive(actor, others);
    const members: NewMember[] = [
      { userId: actor.id, role: 'owner' },
      ...others.map((userId) => ({ userId, role: 'member' as const })),
    ];
    return this.factory.make(actor, { type: 'group', name: draft.name ?? '', directKey: null, members });
  }
}
