import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { AuditFilterDto } from './audit.dto.js';

export interface AuditRow {
  id: string;
  at: Date;
  action: string;
  actorId: string | null;
  actorUsername: string | null;
  actorName: string | null;
  subjectId: string | null;
  subjectUsername: string | null;
  subjectName: string | null;
  address: string;
  userAgent: string;
  details: Record<string, string | number | boolean | null>;
}

/** Reads the audit log. */
@Injectable()
export class AuditEventsRepository {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /** Newest first, those before `beforeId` where it is given. Ids begin with their time, so they are the order. */
  async page(filter: AuditFilterDto, limit: number, beforeId?: string): Promise<AuditRow[]> {
    const parameters: unknown[] = [limit];
    const conditions = ['true'];
    const where = (condition: string, value: unknown): void => {
      if (value === undefined) return;
      parameters.push(value);
      conditions.push(`${condition} $${parameters.length}`);
    };
    where('event.id <', beforeId);
    where('event.action =', filter.action);
    where('event.actor_id =', filter.actorId);
    where('event.subject_id =', filter.subjectId);
    where('event.at >=', filter.from);
    where('event.at <', filter.to);
    return await this.database.query<AuditRow[]>(
      `SELECT event.id, event.at, event.action, event.address, event.user_agent AS "userAgent", event.details,
              event.actor_id AS "actorId", actor.username AS "actorUsername", actor.display_name AS "actorName",
              event.subject_id AS "subjectId", subject.username AS "subjectUsername", subject.display_name AS "subjectName"
       FROM audit_events event
       LEFT JOIN users actor ON actor.id = event.actor_id AND actor.deleted_at IS NULL
       LEFT JOIN users subject ON subject.id = event.subject_id AND subject.deleted_at IS NULL
       WHERE ${conditions.join(' AND ')}
       ORDER BY event.id DESC
       LIMIT $1`,
      parameters,
    );
  }
}
