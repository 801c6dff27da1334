import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { type DataSource, type EntityManager, In, IsNull, Not } from 'typeorm';
import type { UserRole } from '../platform/index.js';
import { blockersOf } from './blocks.repository.js';
import { foldForSearch } from './names.js';
import type { UserCursor } from './user-cursor.js';
import { UserEntity } from './user.entity.js';
import type { Account } from './user-view.js';

export interface UserSearch {
  /** Empty finds everybody. */
  query: string;
  after: UserCursor | undefined;
  limit: number;
  /** Whether suspended accounts are looked for, or others; left out: both. */
  suspended?: boolean | undefined;
  role?: UserRole | undefined;
  /** Those who blocked this person are not found; left out, everybody is. */
  viewerId?: string;
}

export interface FoundUser {
  user: UserEntity;
  /** 0 when a name begins with what was searched for, else 1. */
  rank: number;
}

/** The rows of people. Methods that take part in somebody's transaction take its manager. */
@Injectable()
export class UsersRepository {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /** Everybody of these ids who has not been deleted, suspended or not. */
  byIds(ids: readonly string[], manager: EntityManager = this.database.manager): Promise<UserEntity[]> {
    return ids.length === 0 ? Promise.resolve([]) : manager.findBy(UserEntity, { id: In(ids), deletedAt: IsNull() });
  }

  /** Which of these ids are those of deleted accounts. */
  async deletedAmong(ids: readonly string[], manager: EntityManager = this.database.manager): Promise<string[]> {
    if (ids.length === 0) return [];
    const rows = await manager.find(UserEntity, {
      where: { id: In(ids), deletedAt: Not(IsNull()) },
      select: { id: true },
    });
    return rows.map(({ id }) => id);
  }

  byId(id: string, manager: EntityManager = this.database.manager): Promise<UserEntity | null> {
    return manager.findOneBy(UserEntity, { id, deletedAt: IsNull() });
  }

  /** As `byId`; the row stays locked until the transaction ends. */
  lock(id: string, manager: EntityManager): Promise<UserEntity | null> {
    return manager.findOne(UserEntity, { where: { id, deletedAt: IsNull() }, lock: { mode: 'pessimistic_write' } });
  }

  /** By a normalised e-mail address. */
  byEmail(email: string, manager: EntityManager = this.database.manager): Promise<UserEntity | null> {
    return manager.findOneBy(UserEntity, { email, deletedAt: IsNull() });
  }

  /** By a normalised username. */
  byUsername(username: string, manager: EntityManager = this.database.manager): Promise<UserEntity | null> {
    return manager.findOneBy(UserEntity, { username, deletedAt: IsNull() });
  }

  /** Whoever has verified this number, in E.164. */
  byVerifiedPhone(phone: string): Promise<UserEntity | null> {
    return this.database.manager.findOneBy(UserEntity, {
      phone,
      phoneVerifiedAt: Not(IsNull()),
      deletedAt: IsNull(),
    });
  }

  async count(manager: EntityManager = this.database.manager): Promise<number> {
    return manager.count(UserEntity);
  }

  /** How many of these ids belong to people who are neither suspended nor deleted. */
  async countActive(ids: readonly string[], manager: EntityManager = this.database.manager): Promise<number> {
    return manager.countBy(UserEntity, { id: In(ids), suspendedAt: IsNull(), deletedAt: IsNull() });
  }

  async insert(user: Account, manager: EntityManager): Promise<void> {
    await manager.insert(UserEntity, { ...user, searchKey: searchKeyOf(user) });
  }

  /** Writes some columns of one row; the search key follows the names. */
  async update(
    user: UserEntity,
    change: Partial<UserEntity>,
    manager: EntityManager = this.database.manager,
  ): Promise<UserEntity> {
    const changed = { ...user, ...change };
    await manager.update(UserEntity, { id: user.id }, { ...change, searchKey: searchKeyOf(changed) });
    return changed;
  }

  /** Shuts an account out. Answers with false where it is already, or is not there. */
  suspend(id: string, manager: EntityManager): Promise<boolean> {
    return changed(manager, `UPDATE users SET suspended_at = now() WHERE id = $1 AND suspended_at IS NULL`, [id]);
  }

  /** Lets an account in again. Answers with false where it is already, or is not there. */
  restore(id: string, manager: EntityManager): Promise<boolean> {
    return changed(manager, `UPDATE users SET suspended_at = NULL WHERE id = $1 AND suspended_at IS NOT NULL`, [id]);
  }

  /** Answers with false where that is the role already, or nobody is there. */
  setRole(id: string, role: UserRole, manager: EntityManager): Promise<boolean> {
    return changed(manager, `UPDATE users SET role = $2 WHERE id = $1 AND role <> $2`, [id, role]);
  }

  /**
   * Sets another hash, unless the one that was compared is not the account's any more.
   * @returns whether it did
   */
  async exchangePasswordHash(id: string, from: string, to: string, manager: EntityManager): Promise<boolean> {
    const account = { id, passwordHash: from, deletedAt: IsNull() };
    const { affected } = await manager.update(UserEntity, account, { passwordHash: to });
    return affected === 1;
  }

  /**
   * Turns an account into that of nobody: its address and its username are free again, no password fits it, and nothing in the row
   * says whose it was. The id stays, for what they wrote.
   * @returns whether there was such an account
   */
  async anonymise(id: string, manager: EntityManager): Promise<boolean> {
    // A colon is in no username, and no address is without an @: nobody can take what stands here instead.
    const { affected } = await manager.update(
      UserEntity,
      { id, deletedAt: IsNull() },
      {
        email: `deleted:${id}`,
        phone: null,
        phoneVerifiedAt: null,
        language: 'en',
        username: `deleted:${id}`,
        displayName: '',
        about: '',
        pronouns: '',
        usernameChangedAt: null,
        avatarUrl: null,
        searchKey: '',
        passwordHash: '',
        role: 'user',
        deletedAt: () => 'now()',
      },
    );
    return affected === 1;
  }

  /** The ids of the active administrators, whose rows stay locked until the transaction ends. */
  async lockAdministrators(manager: EntityManager): Promise<string[]> {
    const administrators = await manager.find(UserEntity, {
      where: { role: 'admin', suspendedAt: IsNull(), deletedAt: IsNull() },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    return administrators.map((administrator) => administrator.id);
  }

  /** People whose names hold the query, those whose names begin with it first, then by username. */
  async search({ query, after, limit, suspended, role, viewerId }: UserSearch): Promise<FoundUser[]> {
    const part = foldForSearch(query.trim()).replace(/[\\%_]/g, '\\$&');
    const rank = `CASE WHEN ' ' || u.search_key LIKE :start THEN 0 ELSE 1 END`;
    const found = this.database.manager
      .createQueryBuilder(UserEntity, 'u')
      .addSelect(rank, 'rank')
      .where('u.deleted_at IS NULL')
      .andWhere('u.search_key LIKE :part')
      .setParameters({ part: `%${part}%`, start: `% ${part}%` })
      .orderBy('rank')
      .addOrderBy('u.username')
      .limit(limit);
    if (suspended !== undefined) found.andWhere(`u.suspended_at IS ${suspended ? 'NOT NULL' : 'NULL'}`);
    if (role !== undefined) found.andWhere('u.role = :role', { role });
    if (viewerId !== undefined) found.andWhere(`u.id <> ALL(${blockersOf(':viewerId')})`, { viewerId });
    if (after !== undefined) found.andWhere(`(${rank}, u.username) > (:rank, :username)`, { ...after });
    const { entities, raw } = await found.getRawAndEntities<{ rank: number }>();
    return entities.map((user, index) => ({ user, rank: raw[index]?.rank ?? 1 }));
  }
}

/** Runs a conditional UPDATE of a row that has not been deleted. Answers with whether there was something to change. */
async function changed(manager: EntityManager, update: string, parameters: unknown[]): Promise<boolean> {
  const [, count] = await manager.query<[unknown[], number]>(`${update} AND deleted_at IS NULL`, parameters);
  return count === 1;
}

function searchKeyOf({ username, displayName }: Pick<UserEntity, 'username' | 'displayName'>): string {
  return `${username} ${foldForSearch(displayName)}`;
}
