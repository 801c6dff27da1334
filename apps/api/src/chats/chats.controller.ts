import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentUser } from '../auth/index.js';
import { ApiProblems } from '../platform/index.js';
import { ChatDto, ChatPageDto, CreateChatDto, ListChatsDto } from './chat.dto.js';
import { ChatsService } from './chats.service.js';

@ApiTags('chats')
@Controller('chats')
export class ChatsController {
  constructor(private readonly chats: ChatsService) {}

  /** Your chats, newest activity first. */
  @Get()
  list(@CurrentUser() user: Actor, @Query() query: ListChatsDto): Promise<ChatPageDto> {
    return this.chats.page(user, query);
  }

  /** Opens the direct chat with somebody (the same one each time), or makes a group with you as its owner. */
  @Post()
  @ApiProblems('not_found', 'forbidden', 'blocked')
  create(@CurrentUser() user: Actor, @Body() draft: CreateChatDto): Promise<ChatDto> {
    return this.chats.create(user, draft);
  }

  /** One of your chats. */
  @Get(':chatId')
  @ApiProblems('not_a_member')
  get(@CurrentUser() user: Actor, @Param('chatId', ParseUUIDPipe) chatId: string): Promise<ChatDto> {
    return this.chats.get(user, chatId);
  }
}
