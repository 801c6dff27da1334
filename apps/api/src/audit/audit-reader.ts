import { Injectable } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { type Actor, ProblemError } from '../platform/index.js';
import type { AuditEventDto, AuditPageDto, AuditPersonDto, ListAuditDto } from './audit.dto.js';
import { AuditEventsRepository, type AuditRow } from './audit-events.repository.js';

const DEFAULT_PAGE = 50;

/** Shows the audit log to administrators. That nobody else comes here is seen to by `@AdminOnly()` on the routes. */
@Injectable()
export class AuditReader {
  constructor(private readonly events: AuditEventsRepository) {}

  /** @throws ProblemError validation_failed for a cursor that is not of this list */
  async page(_actor: Actor, { cursor, limit = DEFAULT_PAGE, ...filter }: ListAuditDto): Promise<AuditPageDto> {
    const before = cursor === undefined ? undefined : decodeCursor(cursor);
    const rows = await this.events.page(filter, limit + 1, before);
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return { items: rows.slice(0, limit).map(toEvent), nextCursor: last === undefined ? null : encodeCursor(last.id) };
  }
}

function encodeCursor(id: string): string {
  return Buffer.from(id).toString('base64url');
}

function decodeCursor(cursor: string): string {
  const id = Buffer.from(cursor, 'base64url').toString();
  if (isUUID(id)) return id;
  throw new ProblemError('validation_failed', undefined, {
    errors: [{ path: 'cursor', message: 'cursor is not one of this list' }],
  });
}

function toEvent(row: AuditRow): AuditEventDto {
  const { id, at, action, address, userAgent, details } = row;
  const actor = toPerson(row.actorId, row.actorUsername, row.actorName);
  const subject = toPerson(row.subjectId, row.subjectUsername, row.subjectName);
  return { id, at: at.toISOString(), action, actor, subject, address, userAgent, details };
}

function toPerson(id: string | null, username: string | null, displayName: string | null): AuditPersonDto | null {
  return id === null ? null : { id, username, displayName };
}
