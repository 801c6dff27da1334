import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Chats, their members, the log of messages, and the counters that sync reads. The keys of a chat's tables begin with its id,
 * so that they can be partitioned by it. What every append updates on `chats` and `chat_members` is not indexed and the pages
 * keep room, so that those updates stay heap-only.
 */
export class Chats1764000200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE chats (
        id uuid PRIMARY KEY,
        type text NOT NULL CHECK (type IN ('direct', 'group')),
        name text,
        avatar_url text,
        direct_key text CONSTRAINT chats_direct_key UNIQUE,
        created_by uuid NOT NULL REFERENCES users (id),
        created_at timestamptz NOT NULL DEFAULT now(),
        last_seq bigint NOT NULL DEFAULT 0,
        version bigint NOT NULL DEFAULT 1,
        details_version bigint NOT NULL DEFAULT 1,
        activity_id uuid NOT NULL,
        last_activity_at timestamptz NOT NULL DEFAULT now(),
        member_count integer NOT NULL DEFAULT 0,
        CHECK ((type = 'direct') = (direct_key IS NOT NULL)),
        CHECK ((type = 'group') = (name IS NOT NULL))
      ) WITH (fillfactor = 70)
    `);
    await runner.query(`
      CREATE TABLE chat_members (
        chat_id uuid NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
        user_id uuid NOT NULL REFERENCES users (id),
        role text NOT NULL CHECK (role IN ('owner', 'admin', 'moderator', 'member')),
        joined_at timestamptz NOT NULL DEFAULT now(),
        left_at timestamptz,
        visible_from_seq bigint NOT NULL DEFAULT 1,
        joined_version bigint NOT NULL,
        version bigint NOT NULL,
        delivered_seq bigint NOT NULL DEFAULT 0,
        read_seq bigint NOT NULL DEFAULT 0,
        user_cursor bigint NOT NULL DEFAULT 0,
        PRIMARY KEY (chat_id, user_id)
      ) WITH (fillfactor = 70)
    `);
    await runner.query(`CREATE INDEX chat_members_user ON chat_members (user_id)`);
    await runner.query(`
      CREATE TABLE messages (
        chat_id uuid NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
        seq bigint NOT NULL,
        version bigint NOT NULL,
        id uuid NOT NULL,
        client_id text NOT NULL,
        sender_id uuid NOT NULL REFERENCES users (id),
        type text NOT NULL,
        content text NOT NULL,
        reply_to_seq bigint,
        system jsonb,
        created_at timestamptz NOT NULL,
        edited_at timestamptz,
        deleted_at timestamptz,
        PRIMARY KEY (chat_id, seq),
        CONSTRAINT messages_client_id UNIQUE (chat_id, sender_id, client_id)
      )
    `);
    await runner.query(`CREATE INDEX messages_version ON messages (chat_id, version)`);
    await runner.query(`CREATE INDEX messages_id ON messages (id)`);
    await runner.query(
      `CREATE INDEX messages_answers ON messages (chat_id, reply_to_seq) WHERE reply_to_seq IS NOT NULL`,
    );
    await runner.query(`
      CREATE TABLE message_edits (
        chat_id uuid NOT NULL,
        seq bigint NOT NULL,
        version bigint NOT NULL,
        content text NOT NULL,
        edited_at timestamptz NOT NULL,
        PRIMARY KEY (chat_id, seq, version),
        FOREIGN KEY (chat_id, seq) REFERENCES messages (chat_id, seq) ON DELETE CASCADE
      )
    `);
    await runner.query(`
      CREATE TABLE user_cursors (
        user_id uuid PRIMARY KEY REFERENCES users (id),
        cursor bigint NOT NULL
      ) WITH (fillfactor = 70)
    `);
    await runner.query(`
      CREATE TABLE user_presence (
        user_id uuid PRIMARY KEY REFERENCES users (id),
        last_seen_at timestamptz NOT NULL
      )
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['user_presence', 'user_cursors', 'message_edits', 'messages', 'chat_members', 'chats']) {
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}
