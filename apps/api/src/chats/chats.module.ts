import { Module } from '@nestjs/common';
import { UsersModule } from '../users/index.js';
import { ChatListRepository } from './chat-list.repository.js';
import { ChatTransactions } from './chat-transaction.js';
import { ChatView } from './chat-view.js';
import { ChatsController } from './chats.controller.js';
import { ChatsService } from './chats.service.js';
import { ClosedChats } from './closed-chats.js';
import { CommitJournal } from './commit-journal.js';
import { MembershipsRepository } from './memberships.repository.js';

@Module({
  imports: [UsersModule],
  controllers: [ChatsController],
  providers: [
    ChatsService,
    ChatView,
    ChatListRepository,
    ChatTransactions,
    ClosedChats,
    MembershipsRepository,
    CommitJournal,
  ],
  exports: [
    ChatsService,
    ChatView,
    ChatListRepository,
    ChatTransactions,
    ClosedChats,
    MembershipsRepository,
    CommitJournal,
  ],
})
export class ChatsModule {}
