import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Second steps of a log-in, what proves them, and what is known of the devices that log in. */
export class Factors1764000410000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // A log-in whose password was right. It holds for the password it was made with, of which it keeps a hash to tell.
    await runner.query(`
      CREATE TABLE login_challenges (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        password_mark bytea NOT NULL,
        methods text[] NOT NULL,
        factor_tries integer NOT NULL DEFAULT 0,
        code_method text,
        code_hash bytea,
        code_tries integer NOT NULL DEFAULT 0,
        code_sent_at timestamptz,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL
      )
    `);
    await runner.query(`CREATE INDEX login_challenges_user ON login_challenges (user_id)`);
    await runner.query(`CREATE INDEX login_challenges_expires_at ON login_challenges (expires_at)`);
    await runner.query(`
      CREATE TABLE totp_factors (
        user_id uuid PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
        secret bytea NOT NULL,
        last_step bigint NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL,
        enabled_at timestamptz
      )
    `);
    await runner.query(`
      CREATE TABLE recovery_codes (
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        code_hash bytea NOT NULL,
        used_at timestamptz,
        PRIMARY KEY (user_id, code_hash)
      )
    `);
    await runner.query(`
      ALTER TABLE sessions
        ADD COLUMN address_key text NOT NULL DEFAULT '',
        ADD COLUMN place text NOT NULL DEFAULT '',
        ADD COLUMN device_hash bytea,
        ADD COLUMN end_reason text
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE sessions DROP COLUMN address_key, DROP COLUMN place, DROP COLUMN device_hash, DROP COLUMN end_reason`,
    );
    for (const table of ['recovery_codes', 'totp_factors', 'login_challenges']) {
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}
