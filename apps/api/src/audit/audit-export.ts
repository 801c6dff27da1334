import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable, Logger } from '@nestjs/common';
import type { Response } from 'express';
import { type Actor, type Client, inPages } from '../platform/index.js';
import type { AuditFilterDto } from './audit.dto.js';
import { CSV_HEADER, csvLine } from './audit-csv.js';
import { AuditEventsRepository } from './audit-events.repository.js';
import { AuditLog } from './audit-log.js';

const PAGE = 500;

/** Takes the audit log out of the server, for whoever keeps or searches it elsewhere. */
@Injectable()
export class AuditExport {
  private readonly logger = new Logger(AuditExport.name);

  constructor(
    private readonly events: AuditEventsRepository,
    private readonly log: AuditLog,
  ) {}

  /** Sends what the filter finds as CSV, newest first, page by page: however long the log is, little of it is in memory. */
  async send(actor: Actor, filter: AuditFilterDto, client: Client, response: Response): Promise<void> {
    // Before anything leaves: whoever takes the log away cannot take away that they did.
    await this.log.record({
      action: 'audit.exported',
      actorId: actor.id,
      subjectId: null,
      client,
      details: { ...filter },
    });
    response.setHeader('Content-Type', 'text/csv; charset=utf-8');
    response.setHeader(
      'Content-Disposition',
      `attachment; filename="chatr-audit-${new Date().toISOString().slice(0, 10)}.csv"`,
    );
    response.setHeader('Cache-Control', 'no-store');
    try {
      await pipeline(Readable.from(this.lines(filter)), response);
    } catch (error) {
      // The answer has begun: that it breaks off is how a client learns that something is missing.
      response.destroy();
      this.logger.warn({ err: error }, 'an export of the audit log ended early');
    }
  }

  private async *lines(filter: AuditFilterDto): AsyncGenerator<string> {
    yield CSV_HEADER;
    const rows = inPages(
      (before?: string) => this.events.page(filter, PAGE, before),
      ({ id }) => id,
    );
    for await (const row of rows) yield csvLine(row);
  }
}
