import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  HttpStatus,
  Param,
  ParseUUIDPipe,
  Patch,
  Post,
  Query,
  Res,
} from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { type Actor, CurrentUser } from '../auth/index.js';
import { MessageDto } from '../chats/index.js';
import { ApiProblems, PageQueryDto } from '../platform/index.js';
import { HistoryService } from './history.service.js';
import {
  EditMessageDto,
  HistoryQueryDto,
  MessageEditsDto,
  MessagePageDto,
  ReadDto,
  SendMessageDto,
} from './message-request.dto.js';
import { MessagesService } from './messages.service.js';
import { ReadPositionsService } from './read-positions.service.js';

@ApiTags('messages')
@Controller('chats/:chatId')
@ApiProblems('not_a_member')
export class ChatMessagesController {
  constructor(
    private readonly messages: MessagesService,
    private readonly history: HistoryService,
    private readonly positions: ReadPositionsService,
  ) {}

  /** A page of a chat's messages: the newest, or those before, after or around a `seq`. */
  @Get('messages')
  list(
    @CurrentUser() user: Actor,
    @Param('chatId', ParseUUIDPipe) chatId: string,
    @Query() query: HistoryQueryDto,
  ): Promise<MessagePageDto> {
    return this.history.page(user, chatId, query);
  }

  /** Sends a message. Sending again under the same `clientId` answers 200 with the message that is there. */
  @Post('messages')
  @ApiCreatedResponse({ type: MessageDto })
  @ApiOkResponse({ type: MessageDto, description: 'It was there already, under the same `clientId`.' })
  @ApiProblems('not_a_member', 'not_found', 'chat_closed', 'blocked', 'awaiting_acceptance', 'overloaded')
  async send(
    @CurrentUser() user: Actor,
    @Param('chatId', ParseUUIDPipe) chatId: string,
    @Body() draft: SendMessageDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MessageDto> {
    const { shared, replayed } = await this.messages.send(user, chatId, draft);
    response.status(replayed ? HttpStatus.OK : HttpStatus.CREATED);
    return shared.forSender('sent');
  }

  /** Marks everything up to a `seq` as read. */
  @Post('read')
  @HttpCode(HttpStatus.NO_CONTENT)
  read(
    @CurrentUser() user: Actor,
    @Param('chatId', ParseUUIDPipe) chatId: string,
    @Body() { seq }: ReadDto,
  ): Promise<void> {
    return this.positions.read(user, chatId, seq);
  }
}

@ApiTags('messages')
@Controller('messages/:messageId')
@ApiProblems('not_a_member', 'not_found')
export class MessagesController {
  constructor(
    private readonly messages: MessagesService,
    private readonly history: HistoryService,
  ) {}

  /** Changes the text of one of your messages. */
  @Patch()
  @ApiProblems('not_a_member', 'not_found', 'forbidden', 'conflict', 'blocked')
  edit(
    @CurrentUser() user: Actor,
    @Param('messageId', ParseUUIDPipe) messageId: string,
    @Body() { content }: EditMessageDto,
  ): Promise<MessageDto> {
    return this.messages.edit(user, messageId, content);
  }

  /** Unsends one of your messages: its number stays, what it said goes. */
  @Delete()
  @ApiProblems('not_a_member', 'not_found', 'forbidden')
  unsend(@CurrentUser() user: Actor, @Param('messageId', ParseUUIDPipe) messageId: string): Promise<MessageDto> {
    return this.messages.unsend(user, messageId);
  }

  /** What a message said before each of its edits. */
  @Get('edits')
  edits(
    @CurrentUser() user: Actor,
    @Param('messageId', ParseUUIDPipe) messageId: string,
    @Query() query: PageQueryDto,
  ): Promise<MessageEditsDto> {
    return this.history.edits(user, messageId, query);
  }
}
