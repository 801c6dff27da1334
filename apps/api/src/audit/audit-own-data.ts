import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { inPages, OwnDataParts } from '../platform/index.js';

const PAGE = 500;

interface Row {
  id: string;
  at: Date;
  action: string;
  actor_id: string | null;
  subject_id: string | null;
  address: string;
  user_agent: string;
  details: object;
}

/** What the audit log says about a person. It stays when their account is deleted: it names people by id alone. */
@Injectable()
export class AuditOwnData {
  constructor(
    parts: OwnDataParts,
    @InjectDataSource() private readonly database: DataSource,
  ) {
    parts.exported({
      file: 'audit.json',
      describes: 'What was done to your account, and what you did to others’, oldest first.',
      entries: (userId) => this.events(userId),
    });
  }

  private async *events(userId: string): AsyncGenerator<object> {
    for await (const row of inPages(
      (after?: string) => this.page(userId, after),
      ({ id }) => id,
    )) {
      // From where somebody else did it is theirs.
      const isOthers = row.actor_id !== null && row.actor_id !== userId;
      yield {
        at: row.at.toISOString(),
        action: row.action,
        actorId: row.actor_id,
        subjectId: row.subject_id,
        ...(isOthers ? {} : { address: row.address, userAgent: row.user_agent }),
        details: row.details,
      };
    }
  }

  private page(userId: string, after?: string): Promise<Row[]> {
    return this.database.query(
      `SELECT id, at, action, actor_id, subject_id, address, user_agent, details FROM audit_events
       WHERE (actor_id = $1 OR subject_id = $1) AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3`,
      [userId, after ?? null, PAGE],
    );
  }
}
