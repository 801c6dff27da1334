import { Body, Controller, Get, Param, ParseUUIDPipe, Patch, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, ApiProblems, CurrentUser } from '../platform/index.js';
import { ListUsersDto, MeDto, ProfileDto, UpdateMeDto, UserPageDto } from './user.dto.js';
import { UsersService } from './users.service.js';

@ApiTags('users')
@Controller('users')
export class UsersController {
  constructor(private readonly users: UsersService) {}

  /** Your own account. */
  @Get('me')
  me(@CurrentUser() user: Actor): Promise<MeDto> {
    return this.users.me(user);
  }

  /** Changes your profile; what you leave out stays as it is. */
  @Patch('me')
  update(@CurrentUser() user: Actor, @Body() change: UpdateMeDto): Promise<MeDto> {
    return this.users.updateMe(user, change);
  }

  /** Finds people by a part of their username or display name. */
  @Get()
  search(@CurrentUser() user: Actor, @Query() query: ListUsersDto): Promise<UserPageDto> {
    return this.users.search(user, query);
  }

  /** Somebody's profile, with as much as they let you see. */
  @Get(':id')
  @ApiProblems('not_found')
  get(@CurrentUser() user: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<ProfileDto> {
    return this.users.get(user, id);
  }
}
