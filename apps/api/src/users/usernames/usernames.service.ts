import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { AuditLog } from '../../audit/index.js';
import { type Actor, type Client, DomainEvents, isUniqueViolation, ProblemError } from '../../platform/index.js';
import { usernameFault } from '../names.js';
import type { MeDto } from '../user.dto.js';
import type { UserEntity } from '../user.entity.js';
import { UserUpdated } from '../user-events.js';
import { toMe } from '../user-view.js';
import { UsersRepository } from '../users.repository.js';
import { near } from './suggestions.js';
import type { UsernameCheckDto } from './username.dto.js';
import { UsernamesRepository } from './usernames.repository.js';

const SUGGESTIONS = 3;

/** Who may be called what. Usernames are public, so anybody may ask whether one is free. */
@Injectable()
export class UsernamesService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly usernames: UsernamesRepository,
    private readonly users: UsersRepository,
    private readonly audit: AuditLog,
    private readonly events: DomainEvents,
  ) {}

  /** Whether a normalised username can be had, and what can be had instead. */
  async check(username: string): Promise<UsernameCheckDto> {
    const fault = usernameFault(username);
    const candidates = near(username);
    const free = await this.usernames.free(fault === undefined ? [username, ...candidates] : candidates);
    if (fault === undefined && free.includes(username)) return { available: true, suggestions: [] };
    return { available: false, problem: fault ?? 'taken', suggestions: free.slice(0, SUGGESTIONS) };
  }

  /** @throws ProblemError username_taken, also for one that looks like somebody's */
  async requireFree(username: string): Promise<void> {
    if ((await this.usernames.free([username])).length === 0) throw new ProblemError('username_taken');
  }

  /**
   * Makes sure, until the transaction ends, that nobody else takes this username or one that looks like it.
   * @throws ProblemError username_taken
   */
  async claim(username: string, userId: string, manager: EntityManager): Promise<void> {
    await this.usernames.lock(username, manager);
    if ((await this.usernames.free([username], userId, manager)).length === 0) throw new ProblemError('username_taken');
  }

  /**
   * Changes one's own username. The old one stays reserved for its owner for 30 days, in which they may take it back, and no other.
   * @throws ProblemError username_taken; conflict when the last change is too recent
   */
  async change(actor: Actor, username: string, client: Client): Promise<MeDto> {
    try {
      const { user, isNew } = await this.database.transaction((manager) =>
        this.rename(actor, username, client, manager),
      );
      if (isNew) this.events.publish(new UserUpdated(actor.id));
      return toMe(user);
    } catch (error) {
      if (!isUniqueViolation(error, 'users_username')) throw error;
      throw new ProblemError('username_taken', undefined, { cause: error });
    }
  }

  private async rename(
    actor: Actor,
    username: string,
    client: Client,
    manager: EntityManager,
  ): Promise<{ user: UserEntity; isNew: boolean }> {
    const user = await this.users.lock(actor.id, manager);
    if (user === null) throw new ProblemError('not_found');
    if (user.username === username) return { user, isNew: false };
    const { waitsUntil, isOwn } = await this.usernames.standing(user.id, username, manager);
    if (waitsUntil !== null && !isOwn) {
      const day = waitsUntil.toISOString().slice(0, 10);
      throw new ProblemError(
        'conflict',
        `You changed your username lately, and can choose another one from ${day} on.`,
      );
    }
    await this.claim(username, user.id, manager);
    const change = { from: user.username, to: username };
    const changed = await this.users.update(user, { username }, manager);
    await this.usernames.note(user.id, { ...change, isOwn }, manager);
    await this.audit.record(
      { action: 'username.changed', actorId: user.id, subjectId: user.id, client, details: change },
      manager,
    );
    return { user: changed, isNew: true };
  }
}
