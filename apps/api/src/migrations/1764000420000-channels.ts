import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Phone numbers, people's languages, and changes of address and number that wait for their codes. */
export class Channels1764000420000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE users
        ADD phone text CHECK (phone ~ '^\\+[1-9][0-9]{6,14}$'),
        ADD phone_verified_at timestamptz,
        ADD language text NOT NULL DEFAULT 'en',
        ADD CHECK (phone IS NOT NULL OR phone_verified_at IS NULL)
    `);
    // Several people may claim a number; one at most has shown that it is theirs.
    await runner.query(`CREATE UNIQUE INDEX users_phone ON users (phone) WHERE phone_verified_at IS NOT NULL`);
    await runner.query(`ALTER TABLE registrations ADD phone text, ADD language text NOT NULL DEFAULT 'en'`);
    // At most one waiting change of each kind for an account: the next one takes its place.
    await runner.query(`
      CREATE TABLE email_changes (
        user_id uuid PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
        id uuid NOT NULL,
        email text NOT NULL,
        present_code_hash bytea NOT NULL,
        new_code_hash bytea,
        code_tries integer NOT NULL DEFAULT 0,
        code_sent_at timestamptz NOT NULL,
        code_expires_at timestamptz NOT NULL
      )
    `);
    await runner.query(`
      CREATE TABLE phone_changes (
        user_id uuid PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
        id uuid NOT NULL,
        phone text NOT NULL,
        code_hash bytea,
        code_tries integer NOT NULL DEFAULT 0,
        code_sent_at timestamptz NOT NULL,
        code_expires_at timestamptz NOT NULL
      )
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE phone_changes`);
    await runner.query(`DROP TABLE email_changes`);
    await runner.query(`ALTER TABLE registrations DROP phone, DROP language`);
    await runner.query(`ALTER TABLE users DROP phone, DROP phone_verified_at, DROP language`);
  }
}
