import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { type Client, newId } from '../platform/index.js';
import type { AuditAction } from './audit-actions.js';

/** Something that was done to an account, a session, a factor or a role. */
export interface AuditEntry {
  action: AuditAction;
  /** Who did it; null where nobody had proved who they are, or the server did it by itself. */
  actorId: string | null;
  /** The account it was done to; null where there is none. */
  subjectId: string | null;
  /** From where. Left out for what the server does by itself. */
  client?: Pick<Client, 'address' | 'userAgent'>;
  /** What else is worth knowing. Never a password, a code, a token or the text of a message. */
  details?: Readonly<Record<string, string | number | boolean | null>>;
}

/** Writes the audit log, to which the database lets rows be added and nothing else. */
@Injectable()
export class AuditLog {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /** Within the transaction that does the thing, where there is one: then neither is there without the other. */
  async record(entry: AuditEntry, manager: EntityManager = this.database.manager): Promise<void> {
    const { action, actorId, subjectId, client, details = {} } = entry;
    await manager.query(
      `INSERT INTO audit_events (id, action, actor_id, subject_id, address, user_agent, details)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [newId(), action, actorId, subjectId, client?.address ?? '', client?.userAgent ?? '', details],
    );
  }
}
