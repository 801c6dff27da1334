import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, AdminOnly, ApiProblems, type Client, ClientInfo, CurrentUser } from '../../platform/index.js';
import { AccountRolesService } from './account-roles.service.js';
import { AdminUserDetailDto, AdminUserDto, AdminUserPageDto, ChangeRoleDto, ListAccountsDto } from './admin.dto.js';
import { AdminService } from './admin.service.js';

@ApiTags('admin')
@AdminOnly()
@Controller('admin/users')
export class AdminController {
  constructor(
    private readonly admin: AdminService,
    private readonly roles: AccountRolesService,
  ) {}

  /** Accounts by a part of their names, suspended ones included. */
  @Get()
  @ApiProblems('forbidden')
  list(@CurrentUser() user: Actor, @Query() query: ListAccountsDto): Promise<AdminUserPageDto> {
    return this.admin.page(user, query);
  }

  /** One account, with what protects it. */
  @Get(':id')
  @ApiProblems('forbidden', 'not_found')
  get(@CurrentUser() user: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<AdminUserDetailDto> {
    return this.admin.account(user, id);
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

  /** Makes somebody an administrator, or one no more; it holds at once. There is always one left. Takes your own password. */
  @Patch(':id/role')
  @ApiProblems('forbidden', 'not_found', 'conflict', 'credentials_invalid', 'rate_limited')
  changeRole(
    @CurrentUser() user: Actor,
    @ClientInfo() client: Client,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() change: ChangeRoleDto,
  ): Promise<AdminUserDto> {
    return this.roles.change(user, id, change, client);
  }
}
