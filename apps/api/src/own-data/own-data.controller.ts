import { Body, Controller, Delete, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { type Actor, ApiProblems, type Client, ClientInfo, CurrentUser, Public } from '../platform/index.js';
import { AccountDeletion } from './deletion/account-deletion.js';
import { ExportsService } from './export/exports.service.js';
import { DeleteMeDto, DownloadQueryDto, ExportMyDataDto, ExportStatusDto, ExportTicketDto } from './own-data.dto.js';

@ApiTags('own data')
@Controller('users/me')
export class OwnDataController {
  constructor(
    private readonly exports: ExportsService,
    private readonly deletion: AccountDeletion,
  ) {}

  /** Makes a link with which everything that is kept about you can be downloaded, once and within five minutes. */
  @Post('export')
  @ApiProblems('credentials_invalid', 'conflict')
  export(
    @CurrentUser() user: Actor,
    @ClientInfo() client: Client,
    @Body() { password }: ExportMyDataDto,
  ): Promise<ExportTicketDto> {
    return this.exports.request(user, password, client);
  }

  /** How far the download of your data has come. */
  @Get('export')
  exportStatus(@CurrentUser() user: Actor): Promise<ExportStatusDto> {
    return this.exports.status(user);
  }

  /** Deletes your account, for good. What you wrote stays, as that of a deleted user. */
  @Delete()
  @HttpCode(204)
  @ApiProblems('credentials_invalid', 'conflict')
  delete(@CurrentUser() user: Actor, @ClientInfo() client: Client, @Body() { password }: DeleteMeDto): Promise<void> {
    return this.deletion.delete(user, password, client);
  }
}

@ApiTags('own data')
@Controller('exports')
export class ExportDownloadController {
  constructor(private readonly exports: ExportsService) {}

  /** The archive that a link stands for. Browsers cannot send an access token with a download, so the link itself is the proof. */
  @Public()
  @Get('download')
  @ApiOkResponse({
    description: 'A zip archive.',
    content: { 'application/zip': { schema: { type: 'string', format: 'binary' } } },
  })
  @ApiProblems('not_found', 'overloaded')
  download(@Query() { ticket }: DownloadQueryDto, @Res() response: Response): Promise<void> {
    return this.exports.download(ticket, response);
  }
}
