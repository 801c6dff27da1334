import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who blocked whom, and what two people let each other do in their direct chat. The latter stands on the rows that the append and the
 * positions look at anyway; it follows from blocks and requests (`DirectChatsRepository.settle`). None of it is indexed, so the
 * updates of every message stay heap-only.
 */
export class Blocks1764000460000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE blocks (
        blocker_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        blocked_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        id uuid NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (blocker_id, blocked_id),
        CHECK (blocker_id <> blocked_id)
      )
    `);
    await runner.query(`CREATE INDEX blocks_list ON blocks (blocker_id, id)`);
    await runner.query(`CREATE INDEX blocks_blocked ON blocks (blocked_id)`);
    await runner.query(`
      ALTER TABLE chat_members
        ADD COLUMN request text CHECK (request IN ('pending', 'declined')),
        ADD COLUMN peer_blocked boolean NOT NULL DEFAULT false,
        ADD COLUMN sends_until_seq bigint,
        ADD COLUMN shown_delivered_seq bigint,
        ADD COLUMN shown_read_seq bigint
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE chat_members
        DROP COLUMN request, DROP COLUMN peer_blocked, DROP COLUMN sends_until_seq,
        DROP COLUMN shown_delivered_seq, DROP COLUMN shown_read_seq
    `);
    await runner.query(`DROP TABLE blocks`);
  }
}
