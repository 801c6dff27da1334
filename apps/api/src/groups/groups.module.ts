import { Module } from '@nestjs/common';
import { ChatsModule } from '../chats/index.js';
import { MessagesModule } from '../messages/index.js';
import { UsersModule } from '../users/index.js';
import { ForgottenNames } from './forgotten-names.js';
import { GroupsController } from './groups.controller.js';
import { GroupsService } from './groups.service.js';

@Module({
  imports: [UsersModule, ChatsModule, MessagesModule],
  controllers: [GroupsController],
  providers: [ForgottenNames, GroupsService],
  exports: [ForgottenNames, GroupsService],
})
export class GroupsModule {}
