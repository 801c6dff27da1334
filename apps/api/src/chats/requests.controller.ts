import { Controller, HttpCode, HttpStatus, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentUser } from '../auth/index.js';
import { ApiProblems } from '../platform/index.js';
import { RequestsService } from './requests.service.js';

@ApiTags('chats')
@Controller('chats/:chatId/request')
export class RequestsController {
  constructor(private readonly requests: RequestsService) {}

  /** Accepts what somebody wrote whom you did not know: it is a chat like any other from now on. An answer does the same. */
  @Post('accept')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiProblems('not_a_member', 'blocked')
  accept(@CurrentUser() user: Actor, @Param('chatId', ParseUUIDPipe) chatId: string): Promise<void> {
    return this.requests.accept(user, chatId);
  }

  /** Declines it: the chat leaves your list, and who asked is not told. Opening a chat with them brings it back. */
  @Post('decline')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiProblems('not_a_member', 'conflict')
  decline(@CurrentUser() user: Actor, @Param('chatId', ParseUUIDPipe) chatId: string): Promise<void> {
    return this.requests.decline(user, chatId);
  }
}
