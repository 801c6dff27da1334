import { Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, ApiProblems, CurrentUser, PageQueryDto } from '../../platform/index.js';
import { ContactPageDto } from './contact.dto.js';
import { ContactsService } from './contacts.service.js';

@ApiTags('contacts')
@Controller('contacts')
export class ContactsController {
  constructor(private readonly contacts: ContactsService) {}

  /** The people you have added. */
  @Get()
  list(@CurrentUser() user: Actor, @Query() query: PageQueryDto): Promise<ContactPageDto> {
    return this.contacts.page(user, query);
  }

  /** Adds somebody. They are not told. */
  @Put(':userId')
  @HttpCode(204)
  @ApiProblems('not_found', 'conflict')
  add(@CurrentUser() user: Actor, @Param('userId', ParseUUIDPipe) userId: string): Promise<void> {
    return this.contacts.add(user, userId);
  }

  /** Takes somebody away again. */
  @Delete(':userId')
  @HttpCode(204)
  remove(@CurrentUser() user: Actor, @Param('userId', ParseUUIDPipe) userId: string): Promise<void> {
    return this.contacts.remove(user, userId);
  }
}
