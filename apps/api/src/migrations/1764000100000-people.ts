import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People, those who are about to become some, their sessions, and invitations. */
export class People1764000100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE EXTENSION IF NOT EXISTS pg_trgm`);
    await runner.query(`
      CREATE TABLE users (
        id uuid PRIMARY KEY,
        email text NOT NULL CONSTRAINT users_email UNIQUE,
        username text NOT NULL CONSTRAINT users_username UNIQUE,
        display_name text NOT NULL,
        about text NOT NULL DEFAULT '',
        avatar_url text,
        search_key text NOT NULL,
        password_hash text NOT NULL,
        email_verified_at timestamptz NOT NULL,
        role text NOT NULL CHECK (role IN ('user', 'admin')),
        suspended_at timestamptz,
        created_at timestamptz NOT NULL,
        deleted_at timestamptz,
        CHECK (email = lower(email)),
        CHECK (username = lower(username))
      )
    `);
    await runner.query(`CREATE INDEX users_search ON users USING gin (search_key gin_trgm_ops)`);
    await runner.query(`
      CREATE TABLE invites (
        id uuid PRIMARY KEY,
        email text NOT NULL CONSTRAINT invites_email UNIQUE,
        token_hash bytea NOT NULL CONSTRAINT invites_token_hash UNIQUE,
        invited_by uuid NOT NULL REFERENCES users (id),
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL
      )
    `);
    // Several registrations of one address may wait side by side: each is completed by its own code only.
    await runner.query(`
      CREATE TABLE registrations (
        id uuid PRIMARY KEY,
        email text NOT NULL,
        username text NOT NULL,
        display_name text NOT NULL,
        password_hash text NOT NULL,
        invite_id uuid,
        code_hash bytea,
        code_tries integer NOT NULL DEFAULT 0,
        code_sent_at timestamptz NOT NULL,
        code_expires_at timestamptz NOT NULL,
        created_at timestamptz NOT NULL
      )
    `);
    await runner.query(`CREATE INDEX registrations_email ON registrations (email, id)`);
    await runner.query(`CREATE INDEX registrations_username ON registrations (username, id)`);
    await runner.query(`CREATE INDEX registrations_created_at ON registrations (created_at)`);
    await runner.query(`
      CREATE TABLE password_resets (
        user_id uuid PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
        code_hash bytea NOT NULL,
        code_tries integer NOT NULL DEFAULT 0,
        code_sent_at timestamptz NOT NULL,
        code_expires_at timestamptz NOT NULL
      )
    `);
    await runner.query(`
      CREATE TABLE sessions (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        user_agent text NOT NULL,
        address text NOT NULL,
        created_at timestamptz NOT NULL,
        last_used_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        ended_at timestamptz,
        token_hash bytea NOT NULL,
        previous_token_hash bytea,
        rotated_at timestamptz
      )
    `);
    await runner.query(`CREATE INDEX sessions_user ON sessions (user_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['sessions', 'password_resets', 'registrations', 'invites', 'users']) {
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}
