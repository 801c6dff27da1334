import { Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, AdminOnly, ApiProblems, type Client, ClientInfo, CurrentUser } from '../../platform/index.js';
import { ListUsersDto } from '../../users/index.js';
import { AdminUserDto, AdminUserPageDto } from './admin.dto.js';
import { AdminService } from './admin.service.js';

@ApiTags('admin')
@AdminOnly()
@Controller('admin/users')
export class AdminController {
  constructor(private readonly admin: AdminService) {}

  /** Accounts by a part of their names, suspended ones included. */
  @Get()
  @ApiProblems('forbidden')
  list(@CurrentUser() user: Actor, @Query() query: ListUsersDto): Promise<AdminUserPageDto> {
    return this.admin.page(user, query);
  }

  /** Shuts an account out: its sessions end at once, and it cannot log in. */
  @Post(':id/suspend')
  @HttpCode(200)
  @ApiProblems('forbidden', 'not_found', 'conflict')
  suspend(
    @CurrentUser() user: Actor,
    @ClientInfo() client: Client,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<AdminUserDto> {
    return this.admin.suspend(user, id, client);
  }

  /** Lets a suspended account in again. */
  @Post(':id/restore')
  @HttpCode(200)
  @ApiProblems('forbidden', 'not_found')
  restore(
    @CurrentUser() user: Actor,
    @ClientInfo() client: Client,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<AdminUserDto> {
    return this.admin.restore(user, id, client);
  }
}
