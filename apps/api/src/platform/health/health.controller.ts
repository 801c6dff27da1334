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
/** Whoever asks wants to know now; a database that hangs is as good as none. */
const PATIENCE_MS = 2_000;

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
      await within(PATIENCE_MS, this.database.query('SELECT 1'));
    } catch (cause) {
      throw new ProblemError('unavailable', 'The database does not answer.', {
        retryAfter: RETRY_AFTER_SECONDS,
        cause,
      });
    }
    return { status: 'ok' };
  }
}

async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
