import { Module } from '@nestjs/common';
import { ChatsModule } from '../chats/index.js';
import { UsersModule } from '../users/index.js';
import { BlocksController } from './blocks.controller.js';
import { BlocksService } from './blocks.service.js';

@Module({
  imports: [UsersModule, ChatsModule],
  controllers: [BlocksController],
  providers: [BlocksService],
})
export class BlocksModule {}
