import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { AuditLog } from '../../audit/index.js';
import type { Client } from '../../platform/index.js';
import type { SessionEndReason } from '../auth-events.js';
import { SessionRevocations } from './session-revocations.js';
import { SessionsRepository } from './sessions.repository.js';

/** Who ends a session, why, and from where. */
export interface Ending {
  reason: SessionEndReason;
  /** Null where the server does it by itself. */
  actorId: string | null;
  client: Client;
}

/** Ends sessions: in the database with a line in the audit log, then on every node. */
@Injectable()
export class SessionEndings {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly sessions: SessionsRepository,
    private readonly revocations: SessionRevocations,
    private readonly audit: AuditLog,
  ) {}

  /** Ends one session of a person. Answers with whether it was live. */
  async end(userId: string, sessionId: string, ending: Ending): Promise<boolean> {
    const ended = await this.database.transaction(async (manager) => {
      if (!(await this.sessions.end(userId, sessionId, ending.reason, manager))) return [];
      await this.audit.record({ ...entry(userId, ending), details: { reason: ending.reason, sessionId } }, manager);
      return [sessionId];
    });
    this.revocations.announce(userId, ended, ending.reason);
    return ended.length > 0;
  }

  /** Ends every session of a person, or every one but one. */
  async endOthers(userId: string, exceptId: string | undefined, ending: Ending): Promise<void> {
    const ended = await this.database.transaction(async (manager) => {
      const ids = await this.sessions.endAll(userId, manager, exceptId, ending.reason);
      const details = { reason: ending.reason, sessions: ids.length };
      if (ids.length > 0) await this.audit.record({ ...entry(userId, ending), details }, manager);
      return ids;
    });
    this.revocations.announce(userId, ended, ending.reason);
  }
}

function entry(
  userId: string,
  { actorId, client }: Ending,
): { action: 'session.ended'; actorId: string | null; subjectId: string; client: Client } {
  return { action: 'session.ended', actorId, subjectId: userId, client };
}
