import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What several nodes need: journals of commits, from which each node learns what another one committed and could not tell.
 * And the foreign keys of messages go. The append checks under the chat's lock that the sender is a member, and memberships keep their
 * keys, so these two found nothing; they took a look-up and a row lock each for every message.
 */
export class Nodes1764000300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // One row a transaction. `xid` is not unique: a restored dump brings numbers of another cluster along.
    await runner.query(`
      CREATE TABLE commit_journal (
        xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
        written_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        chat_ids uuid[] NOT NULL,
        versions bigint[] NOT NULL,
        joined_ids uuid[] NOT NULL DEFAULT '{}'
      )
    `);
    await runner.query(`CREATE INDEX commit_journal_xid ON commit_journal (xid)`);
    await runner.query(`
      CREATE TABLE position_journal (
        xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
        written_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        chat_id uuid NOT NULL,
        user_id uuid NOT NULL
      )
    `);
    await runner.query(`CREATE INDEX position_journal_xid ON position_journal (xid)`);
    await runner.query(`ALTER TABLE messages DROP CONSTRAINT messages_chat_id_fkey`);
    await runner.query(`ALTER TABLE messages DROP CONSTRAINT messages_sender_id_fkey`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE messages ADD FOREIGN KEY (sender_id) REFERENCES users (id)`);
    await runner.query(`ALTER TABLE messages ADD FOREIGN KEY (chat_id) REFERENCES chats (id) ON DELETE CASCADE`);
    await runner.query(`DROP TABLE position_journal`);
    await runner.query(`DROP TABLE commit_journal`);
  }
}
