import { Module } from '@nestjs/common';
import { BlocksRepository } from './blocks.repository.js';
import { MessagePolicy } from './message-policy.js';
import { UsersController } from './users.controller.js';
import { UsersRepository } from './users.repository.js';
import { UsersService } from './users.service.js';

@Module({
  controllers: [UsersController],
  providers: [UsersService, UsersRepository, BlocksRepository, MessagePolicy],
  exports: [UsersService, UsersRepository, BlocksRepository, MessagePolicy],
})
export class UsersModule {}
