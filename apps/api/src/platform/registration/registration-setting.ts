import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { Config, type RegistrationPolicy } from '../config/config.js';

const KEY = 'registration';

/**
 * Who may register: what administrators set while the server runs, or else REGISTRATION. It is read from the database each time,
 * so that no node goes by what another has changed; few ask, and a primary key answers.
 */
@Injectable()
export class RegistrationSetting {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly config: Config,
  ) {}

  /** What counts now. */
  async current(manager?: EntityManager): Promise<RegistrationPolicy> {
    return (await this.stored(manager)) ?? this.config.registration;
  }

  /** What administrators set; null where the configuration counts. */
  async stored(manager: EntityManager = this.database.manager): Promise<RegistrationPolicy | null> {
    const rows = await manager.query<{ value: RegistrationPolicy }[]>(`SELECT value FROM settings WHERE key = $1`, [
      KEY,
    ]);
    return rows[0]?.value ?? null;
  }

  /** Sets it on all nodes; null gives it back to the configuration. Answers with what was set before. */
  async store(policy: RegistrationPolicy | null, manager: EntityManager): Promise<RegistrationPolicy | null> {
    // Nobody else may set it between what is answered and what is written; there may be no row yet to lock.
    await manager.query(`LOCK TABLE settings IN SHARE ROW EXCLUSIVE MODE`);
    const before = await this.stored(manager);
    if (policy === null) await manager.query(`DELETE FROM settings WHERE key = $1`, [KEY]);
    else {
      await manager.query(
        `INSERT INTO settings (key, value, updated_at) VALUES ($1, $2, now())
         ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`,
        [KEY, policy],
      );
    }
    return before;
  }
}
