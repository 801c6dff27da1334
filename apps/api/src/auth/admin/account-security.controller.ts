import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, AdminOnly, ApiProblems, type Client, ClientInfo, CurrentUser } from '../../platform/index.js';
import { ConfirmWithPasswordDto } from '../factors/two-factor.dto.js';
import { SessionListDto } from '../sessions/session.dto.js';
import { AccountSecurityService } from './account-security.service.js';
import { AccountSessionsService } from './account-sessions.service.js';
import { AdminUserDetailDto } from './admin.dto.js';

@ApiTags('admin')
@AdminOnly()
@Controller('admin/users/:id')
export class AccountSecurityController {
  constructor(
    private readonly security: AccountSecurityService,
    private readonly accountSessions: AccountSessionsService,
  ) {}

  /** Where somebody is logged in, the session used last first. */
  @Get('sessions')
  @ApiProblems('forbidden', 'not_found')
  sessions(@CurrentUser() user: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<SessionListDto> {
    return this.accountSessions.list(user, id);
  }

  /** Logs somebody out everywhere; of your own sessions, the one you ask with stays. */
  @Delete('sessions')
  @HttpCode(204)
  @ApiProblems('forbidden', 'not_found')
  endSessions(
    @CurrentUser() user: Actor,
    @ClientInfo() client: Client,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<void> {
    return this.accountSessions.endAll(user, id, client);
  }

  /** Ends one of somebody's sessions. */
  @Delete('sessions/:sessionId')
  @HttpCode(204)
  @ApiProblems('forbidden', 'not_found')
  endSession(
    @CurrentUser() user: Actor,
    @ClientInfo() client: Client,
    @Param('id', ParseUUIDPipe) id: string,
    @Param('sessionId', ParseUUIDPipe) sessionId: string,
  ): Promise<void> {
    return this.accountSessions.end(user, id, sessionId, client);
  }

  /** Takes everything from an account that its log-ins ask for beside the password. Takes your own password. */
  @Post('factors/reset')
  @HttpCode(200)
  @ApiProblems('forbidden', 'not_found', 'conflict', 'credentials_invalid', 'rate_limited')
  resetFactors(
    @CurrentUser() user: Actor,
    @ClientInfo() client: Client,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { password }: ConfirmWithPasswordDto,
  ): Promise<AdminUserDetailDto> {
    return this.security.resetFactors(user, id, password, client);
  }

  /** Mails somebody a code for a new password. */
  @Post('password-reset')
  @HttpCode(202)
  @ApiProblems('forbidden', 'not_found', 'conflict')
  sendPasswordReset(
    @CurrentUser() user: Actor,
    @ClientInfo() client: Client,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<void> {
    return this.security.sendPasswordReset(user, id, client);
  }
}
