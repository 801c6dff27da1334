import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Archives of somebody's data, accounts whose deletion has yet to reach every chat, and chats in which nobody writes any more. */
export class OwnData1764000480000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE chats ADD COLUMN closed_at timestamptz`);
    await runner.query(`
      CREATE TABLE data_exports (
        user_id uuid PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
        session_id uuid NOT NULL,
        ticket_hash bytea CONSTRAINT data_exports_ticket_hash UNIQUE,
        ticket_expires_at timestamptz NOT NULL,
        run_id uuid,
        lease_until timestamptz,
        finished_at timestamptz,
        bytes bigint NOT NULL DEFAULT 0,
        chats integer NOT NULL,
        chats_done integer NOT NULL DEFAULT 0
      )
    `);
    await runner.query(`
      CREATE TABLE account_deletions (
        user_id uuid PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
        deleted_at timestamptz NOT NULL DEFAULT now(),
        told_at timestamptz
      )
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE account_deletions`);
    await runner.query(`DROP TABLE data_exports`);
    await runner.query(`ALTER TABLE chats DROP COLUMN closed_at`);
  }
}
