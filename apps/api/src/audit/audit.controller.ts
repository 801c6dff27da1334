import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, AdminOnly, ApiProblems, CurrentUser } from '../platform/index.js';
import { AuditPageDto, ListAuditDto } from './audit.dto.js';
import { AuditReader } from './audit-reader.js';

@ApiTags('admin')
@AdminOnly()
@Controller('admin/audit')
export class AuditController {
  constructor(private readonly reader: AuditReader) {}

  /** What was done to accounts, newest first. */
  @Get()
  @ApiProblems('forbidden')
  list(@CurrentUser() user: Actor, @Query() query: ListAuditDto): Promise<AuditPageDto> {
    return this.reader.page(user, query);
  }
}
