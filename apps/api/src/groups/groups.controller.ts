import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, ParseUUIDPipe, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentUser } from '../auth/index.js';
import { ApiProblems } from '../platform/index.js';
import { AddMembersDto, GroupDto, UpdateGroupDto } from './group.dto.js';
import { GroupsService } from './groups.service.js';

@ApiTags('groups')
@Controller('groups/:groupId')
@ApiProblems('not_a_member', 'not_found')
export class GroupsController {
  constructor(private readonly groups: GroupsService) {}

  /** A group with all its members. Its id is its chat's id. */
  @Get()
  get(@CurrentUser() user: Actor, @Param('groupId', ParseUUIDPipe) groupId: string): Promise<GroupDto> {
    return this.groups.get(user, groupId);
  }

  /** Renames a group; for its owner and admins. */
  @Patch()
  @ApiProblems('not_a_member', 'not_found', 'forbidden')
  update(
    @CurrentUser() user: Actor,
    @Param('groupId', ParseUUIDPipe) groupId: string,
    @Body() { name }: UpdateGroupDto,
  ): Promise<GroupDto> {
    return this.groups.rename(user, groupId, name);
  }

  /** Lets people into a group; for its owner and admins. They see what is sent from then on. */
  @Post('members')
  @HttpCode(HttpStatus.OK)
  @ApiProblems('not_a_member', 'not_found', 'forbidden', 'conflict', 'blocked')
  addMembers(
    @CurrentUser() user: Actor,
    @Param('groupId', ParseUUIDPipe) groupId: string,
    @Body() { userIds }: AddMembersDto,
  ): Promise<GroupDto> {
    return this.groups.addMembers(user, groupId, userIds);
  }

  /** Removes somebody with a lower role from a group, or oneself. */
  @Delete('members/:userId')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiProblems('not_a_member', 'not_found', 'forbidden')
  removeMember(
    @CurrentUser() user: Actor,
    @Param('groupId', ParseUUIDPipe) groupId: string,
    @Param('userId', ParseUUIDPipe) userId: string,
  ): Promise<void> {
    return this.groups.removeMember(user, groupId, userId);
  }

  /** Leaves a group. */
  @Post('leave')
  @HttpCode(HttpStatus.NO_CONTENT)
  leave(@CurrentUser() user: Actor, @Param('groupId', ParseUUIDPipe) groupId: string): Promise<void> {
    return this.groups.leave(user, groupId);
  }
}
