import { Injectable } from '@nestjs/common';
import { ChatListRepository } from './chat-list.repository.js';
import { ChatMemberEntity } from './chat-member.entity.js';
import { ChatTransactions } from './chat-transaction.js';
import { toMember } from './chat-view.js';

/** Direct chats in which nobody writes any more. */
@Injectable()
export class ClosedChats {
  constructor(
    private readonly transactions: ChatTransactions,
    private readonly list: ChatListRepository,
  ) {}

  /**
   * Closes a direct chat because one of the two is gone: the other one keeps it, sees who they are not any more, and writes no more in
   * it. A closed one stays as it is. It is a versioned change, so that devices which are away learn of it when they come back.
   */
  async close(chatId: string, goneId: string): Promise<void> {
    await this.transactions.run(chatId, async (locked) => {
      const { chat, manager } = locked;
      if (chat.type !== 'direct' || chat.closedAt !== null) return;
      const version = locked.takeVersion();
      chat.closedAt = new Date();
      chat.detailsVersion = version;
      await manager.update(ChatMemberEntity, { chatId, userId: goneId }, { version });
      const gone = (await this.list.allMembers(chatId, manager)).filter((row) => row.user_id === goneId);
      const update = { chatId, version, memberCount: chat.memberCount, members: gone.map(toMember) };
      locked.announce(version, { kind: 'updated', update, joined: [], left: [] });
    });
  }
}
