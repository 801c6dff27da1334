import type { MigrationInterface, QueryRunner } from 'typeorm';

const LEVEL = `CHECK (%s IN ('everyone', 'contacts', 'nobody'))`;
const level = (column: string): string => LEVEL.replace('%s', column);

/** Pronouns, what people let others see, whom they know, and usernames that look like others or were given up lately. */
export class Privacy1764000450000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Must stay what `skeletonOf` makes (users/usernames/skeleton.ts); a test holds the two together.
    await runner.query(`
      ALTER TABLE users
        ADD COLUMN pronouns text NOT NULL DEFAULT '',
        ADD COLUMN username_changed_at timestamptz,
        ADD COLUMN username_skeleton text NOT NULL GENERATED ALWAYS AS (
          replace(replace(translate(username, '01i_.-', 'oll'), 'rn', 'm'), 'vv', 'w')
        ) STORED
    `);
    await runner.query(`CREATE INDEX users_username_skeleton ON users (username_skeleton)`);
    // Letters that a search takes for each other since this release.
    await runner.query(`
      UPDATE users
      SET search_key = translate(regexp_replace(search_key, '[\\u0640\\u0653-\\u065F\\u0670]', '', 'g'), 'ىیکةς', 'ييكهσ')
      WHERE search_key ~ '[\\u0640\\u0653-\\u065F\\u0670ىیکةς]'
    `);
    // Without a row, everything is as it is for somebody who has never looked at these settings.
    await runner.query(`
      CREATE TABLE privacy_settings (
        user_id uuid PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
        presence text NOT NULL ${level('presence')},
        last_seen text NOT NULL ${level('last_seen')},
        email text NOT NULL ${level('email')},
        phone text NOT NULL ${level('phone')},
        messages_from text ${level('messages_from')}
      )
    `);
    await runner.query(`
      CREATE TABLE contacts (
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        contact_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (user_id, contact_id),
        CHECK (user_id <> contact_id)
      )
    `);
    await runner.query(`CREATE INDEX contacts_contact ON contacts (contact_id)`);
    await runner.query(`
      CREATE TABLE username_reservations (
        username text PRIMARY KEY,
        skeleton text NOT NULL,
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        reserved_until timestamptz NOT NULL
      )
    `);
    await runner.query(`CREATE INDEX username_reservations_skeleton ON username_reservations (skeleton)`);
    await runner.query(`CREATE INDEX username_reservations_user ON username_reservations (user_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['username_reservations', 'contacts', 'privacy_settings']) {
      await runner.query(`DROP TABLE ${table}`);
    }
    for (const column of ['username_skeleton', 'username_changed_at', 'pronouns']) {
      await runner.query(`ALTER TABLE users DROP COLUMN ${column}`);
    }
  }
}
