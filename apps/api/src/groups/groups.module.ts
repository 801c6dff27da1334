import { Module } from '@nestjs/common';
import { ChatsModule } from '../chats/index.js';
import { MessagesModule } from '../messages/index.js';
import { UsersModule } from '../users/index.js';
import { GroupsController } from './groups.controller.js';
import { GroupsService } from './groups.service.js';

@Module({
  imports: [UsersModule, ChatsModule, MessagesModule],
  controllers: [GroupsController],
  providers: [GroupsService],
})
export class GroupsModule {}
