import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whom the provider of single sign-on knows as whom, and sign-ins that are under way. */
export class Identities1764000440000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // One identity belongs to one account, and an account has one identity of each provider: an address that the provider gives
    // to somebody else must not lead into the account of whoever had it before.
    await runner.query(`
      CREATE TABLE identities (
        id uuid PRIMARY KEY,
        issuer text NOT NULL,
        subject text NOT NULL,
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        label text NOT NULL,
        linked_at timestamptz NOT NULL DEFAULT now(),
        last_used_at timestamptz,
        CONSTRAINT identities_subject UNIQUE (issuer, subject),
        CONSTRAINT identities_user UNIQUE (user_id, issuer)
      )
    `);
    await runner.query(`
      CREATE TABLE sso_flows (
        state_hash bytea PRIMARY KEY,
        browser_hash bytea NOT NULL,
        secrets bytea NOT NULL,
        next text NOT NULL,
        user_id uuid REFERENCES users (id) ON DELETE CASCADE,
        session_id uuid,
        expires_at timestamptz NOT NULL
      )
    `);
    await runner.query(`CREATE INDEX sso_flows_expires_at ON sso_flows (expires_at)`);
    await runner.query(`CREATE INDEX sso_flows_user ON sso_flows (user_id) WHERE user_id IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE sso_flows`);
    await runner.query(`DROP TABLE identities`);
  }
}
