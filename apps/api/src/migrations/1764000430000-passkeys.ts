import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Passkeys, and the challenges that their authenticators sign. */
export class Passkeys1764000430000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE passkeys (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
        credential_id text NOT NULL UNIQUE,
        public_key bytea NOT NULL,
        counter bigint NOT NULL,
        synced boolean NOT NULL,
        transports text[] NOT NULL,
        name text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        last_used_at timestamptz
      )
    `);
    await runner.query(`CREATE INDEX passkeys_user ON passkeys (user_id, id)`);
    await runner.query(`
      CREATE TABLE passkey_challenges (
        challenge bytea PRIMARY KEY,
        kind text NOT NULL,
        user_id uuid REFERENCES users ON DELETE CASCADE,
        session_id uuid,
        expires_at timestamptz NOT NULL
      )
    `);
    await runner.query(`CREATE INDEX passkey_challenges_expiry ON passkey_challenges (expires_at)`);
    await runner.query(`CREATE INDEX passkey_challenges_user ON passkey_challenges (user_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE passkey_challenges`);
    await runner.query(`DROP TABLE passkeys`);
  }
}
