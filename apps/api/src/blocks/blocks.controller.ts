import { Controller, Delete, Get, HttpCode, HttpStatus, Param, ParseUUIDPipe, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentUser } from '../auth/index.js';
import { ApiProblems, PageQueryDto } from '../platform/index.js';
import { BlockPageDto } from './block.dto.js';
import { BlocksService } from './blocks.service.js';

@ApiTags('people')
@Controller('blocks')
export class BlocksController {
  constructor(private readonly blocks: BlocksService) {}

  /** The people you blocked, last ones first. */
  @Get()
  list(@CurrentUser() user: Actor, @Query() query: PageQueryDto): Promise<BlockPageDto> {
    return this.blocks.page(user, query);
  }

  /** Blocks somebody: neither of you can write to the other, and they see nothing of you any more. They are not told. */
  @Put(':userId')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiProblems('not_found')
  block(@CurrentUser() user: Actor, @Param('userId', ParseUUIDPipe) userId: string): Promise<void> {
    return this.blocks.block(user, userId);
  }

  /** Takes a block back; what was written before it is still there. */
  @Delete(':userId')
  @HttpCode(HttpStatus.NO_CONTENT)
  unblock(@CurrentUser() user: Actor, @Param('userId', ParseUUIDPipe) userId: string): Promise<void> {
    return this.blocks.unblock(user, userId);
  }
}
