import { Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, ApiProblems, type Client, ClientInfo, CurrentUser } from '../../platform/index.js';
import { SessionListDto } from './session.dto.js';
import { SessionsService } from './sessions.service.js';

@ApiTags('auth')
@Controller('auth/sessions')
export class SessionsController {
  constructor(private readonly sessions: SessionsService) {}

  /** Where you are logged in, the session used last first. */
  @Get()
  list(@CurrentUser() user: Actor): Promise<SessionListDto> {
    return this.sessions.list(user);
  }

  /** Logs you out everywhere but here. */
  @Delete()
  @HttpCode(204)
  revokeOthers(@CurrentUser() user: Actor, @ClientInfo() client: Client): Promise<void> {
    return this.sessions.revokeOthers(user, client);
  }

  /** Ends one of your sessions. */
  @Delete(':id')
  @HttpCode(204)
  @ApiProblems('not_found')
  revoke(
    @CurrentUser() user: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @ClientInfo() client: Client,
  ): Promise<void> {
    return this.sessions.revoke(user, id, client);
  }
}
