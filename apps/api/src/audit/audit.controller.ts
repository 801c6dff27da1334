import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { type Actor, AdminOnly, ApiProblems, type Client, ClientInfo, CurrentUser } from '../platform/index.js';
import { AuditFilterDto, AuditPageDto, ListAuditDto } from './audit.dto.js';
import { AuditExport } from './audit-export.js';
import { AuditReader } from './audit-reader.js';

@ApiTags('admin')
@AdminOnly()
@Controller('admin/audit')
export class AuditController {
  constructor(
    private readonly reader: AuditReader,
    private readonly exports: AuditExport,
  ) {}

  /** What was done to accounts, newest first. */
  @Get()
  @ApiProblems('forbidden')
  list(@CurrentUser() user: Actor, @Query() query: ListAuditDto): Promise<AuditPageDto> {
    return this.reader.page(user, query);
  }

  /** The same as a file for spreadsheets and archives: everything that the filter finds. That it was taken is written down, too. */
  @Get('export')
  @ApiOkResponse({ description: 'CSV.', content: { 'text/csv': { schema: { type: 'string' } } } })
  @ApiProblems('forbidden')
  export(
    @CurrentUser() user: Actor,
    @ClientInfo() client: Client,
    @Query() filter: AuditFilterDto,
    @Res() response: Response,
  ): Promise<void> {
    return this.exports.send(user, filter, client, response);
  }
}
