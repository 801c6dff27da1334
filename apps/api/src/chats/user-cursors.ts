import { Column, Entity, type EntityManager, PrimaryColumn } from 'typeorm';

/** A person's counter: each change of what is theirs alone (memberships, own read positions) takes the next value. */
@Entity('user_cursors')
export class UserCursorEntity {
  @PrimaryColumn({ name: 'user_id', type: 'uuid' })
  userId: string;

  @Column({ type: 'bigint' })
  cursor: number;
}

/**
 * Moves the cursors of these people on and returns the new values by user id. Their rows are locked until the transaction ends:
 * after those of chats and members, in the order of ids, so that no two transactions can wait for each other.
 */
export async function nextUserCursors(
  manager: EntityManager,
  userIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await manager.query<{ user_id: string; cursor: number }[]>(
    `INSERT INTO user_cursors (user_id, cursor)
     SELECT id, 1 FROM unnest($1::uuid[]) AS id ORDER BY id
     ON CONFLICT (user_id) DO UPDATE SET cursor = user_cursors.cursor + 1
     RETURNING user_id, cursor`,
    [userIds],
  );
  return new Map(rows.map((row) => [row.user_id, row.cursor]));
}
