import { Module } from '@nestjs/common';
import { ChatsModule } from '../chats/index.js';
import { HistoryRepository } from './history.repository.js';
import { HistoryService } from './history.service.js';
import { MessageLog } from './log/index.js';
import { ChatMessagesController, MessagesController } from './messages.controller.js';
import { MessagesService } from './messages.service.js';
import { ReadPositionsService } from './read-positions.service.js';

@Module({
  imports: [ChatsModule],
  controllers: [ChatMessagesController, MessagesController],
  providers: [MessagesService, MessageLog, HistoryService, HistoryRepository, ReadPositionsService],
  exports: [MessagesService, HistoryService, HistoryRepository, ReadPositionsService],
})
export class MessagesModule {}
