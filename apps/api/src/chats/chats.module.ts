import { Module } from '@nestjs/common';
import { UsersModule } from '../users/index.js';
import { ChatFactory } from './chat-factory.js';
import { ChatListRepository } from './chat-list.repository.js';
import { ChatTransactions } from './chat-transaction.js';
import { ChatView } from './chat-view.js';
import { ChatsController } from './chats.controller.js';
import { ChatsService } from './chats.service.js';
import { ClosedChats } from './closed-chats.js';
import { CommitJournal } from './commit-journal.js';
import { DirectChanges } from './direct-changes.js';
import { DirectChatsRepository } from './direct-chats.repository.js';
import { DirectChatsService } from './direct-chats.service.js';
import { MembershipsRepository } from './memberships.repository.js';
import { RequestsController } from './requests.controller.js';
import { RequestsService } from './requests.service.js';

const EXPORTED = [
  ChatsService,
  ChatView,
  ChatListRepository,
  ChatTransactions,
  ClosedChats,
  MembershipsRepository,
  CommitJournal,
  DirectChanges,
  DirectChatsRepository,
  DirectChatsService,
  RequestsService,
];

@Module({
  imports: [UsersModule],
  controllers: [ChatsController, RequestsController],
  providers: [...EXPORTED, ChatFactory],
  exports: EXPORTED,
})
export class ChatsModule {}
