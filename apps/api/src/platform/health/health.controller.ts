import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { ProblemError } from '../errors/problem-error.js';
import { Public } from '../http/public.decorator.js';
import { HealthDto } from './health.dto.js';
import { Readiness } from './readiness.js';

@ApiTags('health')
@Public()
@Controller('health')
export class HealthController {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly readiness: Readiness,
  ) {}

  /** Whether the process runs. */
  @Get('live')
  live(): HealthDto {
    return { status: 'ok' };
  }

  /** Whether the server should be given traffic: it can reach its database and is not about to stop. */
  @Get('ready')
  async ready(): Promise<HealthDto> {
    if (this.readiness.draining) throw new ProblemError('unavailable', 'The server is stopping.');
    try {
      await this.database.query('SELECT 1');
    } catch (cause) {
      throw new ProblemError('unavailable', 'The database does not answer.', { cause });
    }
    return { status: 'ok' };
  }
}
