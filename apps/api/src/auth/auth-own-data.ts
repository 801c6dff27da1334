import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { inPages, OwnDataParts } from '../platform/index.js';
import { UsersRepository } from '../users/index.js';
import { InvitesRepository } from './invites/invites.repository.js';
import { RegistrationsRepository } from './registration/registrations.repository.js';
import { SessionsRepository } from './sessions/sessions.repository.js';

const PAGE = 500;

/** What proves who somebody is, and what waits for a proof. */
const PERSONAL_TABLES = [
  'email_changes',
  'login_challenges',
  'password_resets',
  'phone_changes',
  'recovery_codes',
  'totp_factors',
] as const;

interface SessionRow {
  id: string;
  created_at: Date;
  last_used_at: Date;
  ended_at: Date | null;
  user_agent: string;
  address: string;
}

/** What this module keeps about a person. */
@Injectable()
export class AuthOwnData {
  constructor(
    parts: OwnDataParts,
    @InjectDataSource() private readonly database: DataSource,
    private readonly users: UsersRepository,
    private readonly sessions: SessionsRepository,
    private readonly registrations: RegistrationsRepository,
    private readonly invites: InvitesRepository,
  ) {
    parts.exported({
      file: 'sessions.json',
      describes: 'Where you are and were signed in, as far as that is still kept.',
      entries: (userId) => this.exported(userId),
    });
    parts.deleted({ erase: (userId, manager) => this.erase(userId, manager) });
  }

  private async *exported(userId: string): AsyncGenerator<object> {
    const rows = inPages(
      (after?: string) => this.page(userId, after),
      ({ id }) => id,
    );
    for await (const { id, created_at, last_used_at, ended_at, user_agent: userAgent, address } of rows) {
      yield {
        id,
        createdAt: created_at.toISOString(),
        lastUsedAt: last_used_at.toISOString(),
        endedAt: ended_at?.toISOString() ?? null,
        userAgent,
        address,
      };
    }
  }

  private page(userId: string, after?: string): Promise<SessionRow[]> {
    return this.database.query(
      `SELECT id, created_at, last_used_at, ended_at, user_agent, address FROM sessions
       WHERE user_id = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3`,
      [userId, after ?? null, PAGE],
    );
  }

  private async erase(userId: string, manager: EntityManager): Promise<void> {
    const user = await this.users.byId(userId, manager);
    if (user === null) return;
    await this.sessions.anonymise(userId, manager);
    // The row of the person stays, so nothing of these goes by itself.
    for (const table of PERSONAL_TABLES) await manager.query(`DELETE FROM ${table} WHERE user_id = $1`, [userId]);
    await this.registrations.deleteByEmail(user.email, manager);
    await this.invites.deleteByEmail(user.email, manager);
  }
}
