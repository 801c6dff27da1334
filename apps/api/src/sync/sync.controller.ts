import { Body, Controller, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentUser } from '../auth/index.js';
import { ApiProblems } from '../platform/index.js';
import { SyncDto, SyncRequestDto } from './sync.dto.js';
import { SyncService } from './sync.service.js';

@ApiTags('sync')
@Controller('sync')
export class SyncController {
  constructor(private readonly synchronisation: SyncService) {}

  /** What changed since the client last looked. Also the socket event `sync`. */
  @Post()
  @HttpCode(HttpStatus.OK)
  @ApiProblems('overloaded')
  sync(@CurrentUser() user: Actor, @Body() request: SyncRequestDto): Promise<SyncDto> {
    return this.synchronisation.sync(user, request);
  }
}
