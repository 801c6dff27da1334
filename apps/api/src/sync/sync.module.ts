import { Module } from '@nestjs/common';
import { ChatsModule } from '../chats/index.js';
import { MessagesModule } from '../messages/index.js';
import { MembershipChangesRepository } from './membership-changes.repository.js';
import { PagesReader } from './pages-reader.js';
import { SyncController } from './sync.controller.js';
import { SyncService } from './sync.service.js';

@Module({
  imports: [ChatsModule, MessagesModule],
  controllers: [SyncController],
  providers: [SyncService, PagesReader, MembershipChangesRepository],
  exports: [SyncService],
})
export class SyncModule {}
