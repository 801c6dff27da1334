import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, AdminOnly, ApiProblems, type Client, ClientInfo, CurrentUser } from '../../platform/index.js';
import { CreateInviteDto, InviteDto, InvitePageDto, ListInvitesDto } from './invite.dto.js';
import { InvitesService } from './invites.service.js';

@ApiTags('admin')
@AdminOnly()
@Controller('admin/invites')
export class InvitesController {
  constructor(private readonly invites: InvitesService) {}

  /** Mails somebody an invitation to register. */
  @Post()
  @ApiProblems('forbidden', 'conflict')
  create(@CurrentUser() user: Actor, @ClientInfo() client: Client, @Body() draft: CreateInviteDto): Promise<InviteDto> {
    return this.invites.invite(user, draft, client);
  }

  /** The invitations nobody has used yet, newest first. */
  @Get()
  @ApiProblems('forbidden')
  list(@CurrentUser() user: Actor, @Query() query: ListInvitesDto): Promise<InvitePageDto> {
    return this.invites.page(user, query);
  }

  /** Mails an invitation again, with another link that is good for as long as a new one's; the link before is dead. */
  @Post(':id/resend')
  @HttpCode(200)
  @ApiProblems('forbidden', 'not_found', 'conflict')
  resend(
    @CurrentUser() user: Actor,
    @ClientInfo() client: Client,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<InviteDto> {
    return this.invites.resend(user, id, client);
  }

  /** Withdraws an invitation: its link is good for nothing from now on. */
  @Delete(':id')
  @HttpCode(204)
  @ApiProblems('forbidden', 'not_found')
  revoke(
    @CurrentUser() user: Actor,
    @ClientInfo() client: Client,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<void> {
    return this.invites.revoke(user, id, client);
  }
}
