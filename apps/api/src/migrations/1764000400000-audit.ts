import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The audit log. It names people by id only, without foreign keys: what was done stays known after an account is gone. */
export class Audit1764000400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE audit_events (
        id uuid PRIMARY KEY,
        at timestamptz NOT NULL DEFAULT now(),
        action text NOT NULL,
        actor_id uuid,
        subject_id uuid,
        address text NOT NULL,
        user_agent text NOT NULL,
        details jsonb NOT NULL
      )
    `);
    await runner.query(`CREATE INDEX audit_events_actor ON audit_events (actor_id, id)`);
    await runner.query(`CREATE INDEX audit_events_subject ON audit_events (subject_id, id)`);
    await runner.query(`CREATE INDEX audit_events_action ON audit_events (action, id)`);
    await runner.query(`
      CREATE FUNCTION audit_events_are_final() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'the audit log can only be added to';
      END
      $$
    `);
    await runner.query(`
      CREATE TRIGGER audit_events_final BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events
      FOR EACH STATEMENT EXECUTE FUNCTION audit_events_are_final()
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE audit_events`);
    await runner.query(`DROP FUNCTION audit_events_are_final`);
  }
}
