import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  type Actor,
  ApiProblems,
  type Client,
  ClientInfo,
  CurrentUser,
  Public,
  type RateRule,
  Throttle,
} from '../../platform/index.js';
import { MeDto } from '../user.dto.js';
import { ChangeUsernameDto, UsernameCheckDto, UsernameQueryDto } from './username.dto.js';
import { UsernamesService } from './usernames.service.js';

/** Enough for somebody who types, too little for somebody who collects names. */
const CHECKS: RateRule = { name: 'username-check-address', points: 100, seconds: 60 };

@ApiTags('users')
@Controller('users')
export class UsernamesController {
  constructor(
    private readonly usernames: UsernamesService,
    private readonly throttle: Throttle,
  ) {}

  /** Whether a username can be had, and what can be had instead. */
  @Public()
  @Get('username-check')
  async check(@Query() { username }: UsernameQueryDto, @ClientInfo() client: Client): Promise<UsernameCheckDto> {
    await this.throttle.consume(CHECKS, client.addressKey);
    return this.usernames.check(username);
  }

  /** Changes your username. The old one is kept for you for 30 days; so long you can choose no other. */
  @Put('me/username')
  @ApiProblems('username_taken', 'conflict')
  change(
    @CurrentUser() user: Actor,
    @Body() { username }: ChangeUsernameDto,
    @ClientInfo() client: Client,
  ): Promise<MeDto> {
    return this.usernames.change(user, username, client);
  }
}
