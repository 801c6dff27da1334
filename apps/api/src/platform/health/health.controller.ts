import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { ProblemError } from '../errors/problem-error.js';
import { Public } from '../http/public.decorator.js';
import { HealthDto } from './health.dto.js';
import { Readiness } from './readiness.js';

/** Both conditions pass, or the server does. */
const RETRY_AFTER_SECONDS = 1;

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
    if (this.readiness.draining)
      throw new ProblemError('unavailable', 'The server is stopping.', { retryAfter: RETRY_AFTER_SECONDS });
    try {
      await this.database.query('SELECT 1');
    } catch (cause) {
      throw new ProblemError('unavailable', 'The database does not answer.', {
        retryAfter: RETRY_AFTER_SECONDS,
        cause,
      });
    }
    return { status: 'ok' };
  }
}
