import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Actor, DomainEvents, ProblemError, type RateRule, Throttle } from '../platform/index.js';
import { decodeUserCursor, encodeUserCursor } from './user-cursor.js';
import type { ListUsersDto, MeDto, UpdateMeDto, UserDto, UserPageDto } from './user.dto.js';
import { UserUpdated } from './user-events.js';
import { toDeletedUser, toMe, toUser } from './user-view.js';
import { UsersRepository } from './users.repository.js';

const DEFAULT_PAGE = 20;

/** Quick typing, a letter at a time; not a walk through everybody. */
const SEARCHES: RateRule = { name: 'user-searches', points: 120, seconds: 60 };

/** People's profiles. */
@Injectable()
export class UsersService {
  constructor(
    private readonly users: UsersRepository,
    private readonly events: DomainEvents,
    private readonly throttle: Throttle,
  ) {}

  /** @throws ProblemError not_found when the account is gone */
  async me(actor: Actor): Promise<MeDto> {
    const user = await this.users.byId(actor.id);
    if (user === null) throw new ProblemError('not_found');
    return toMe(user);
  }

  /** Changes one's own profile; what is left out stays as it is. */
  async updateMe(actor: Actor, change: UpdateMeDto): Promise<MeDto> {
    const user = await this.users.byId(actor.id);
    if (user === null) throw new ProblemError('not_found');
    const displayName = change.displayName ?? user.displayName;
    const about = change.about ?? user.about;
    const language = change.language ?? user.language;
    const isSeen = displayName !== user.displayName || about !== user.about;
    if (!isSeen && language === user.language) return toMe(user);
    const changed = await this.users.update(user, { displayName, about, language });
    if (isSeen) this.events.publish(new UserUpdated(actor.id));
    return toMe(changed);
  }

  /** Anybody's public profile, suspended and deleted people's included: their messages are still there. */
  async get(_actor: Actor, id: string): Promise<UserDto> {
    const user = (await this.byIds([id])).get(id);
    if (user === undefined) throw new ProblemError('not_found', 'There is no such person.');
    return user;
  }

  /** Active people whose username or display name holds the query. @throws ProblemError rate_limited, validation_failed (cursor) */
  async search(actor: Actor, { query = '', cursor, limit = DEFAULT_PAGE }: ListUsersDto): Promise<UserPageDto> {
    await this.throttle.consume(SEARCHES, actor.id);
    const after = cursor === undefined ? undefined : decodeUserCursor(cursor);
    const found = await this.users.search({ query, after, limit: limit + 1, suspended: false });
    const last = found.length > limit ? found[limit - 1] : undefined;
    return {
      items: found.slice(0, limit).map(({ user }) => toUser(user)),
      nextCursor: last === undefined ? null : encodeUserCursor({ rank: last.rank, username: last.user.username }),
    };
  }

  /**
   * The public profiles of those ids that belong or belonged to somebody; unknown ids are missing from the map. Within a transaction it
   * takes that one's manager: a transaction that waits for a second connection can wait for ever.
   */
  async byIds(ids: readonly string[], manager?: EntityManager): Promise<Map<string, UserDto>> {
    const users = (await this.users.byIds(ids, manager)).map(toUser);
    const known = new Set(users.map(({ id }) => id));
    const unknown = ids.filter((id) => !known.has(id));
    const deleted = (await this.users.deletedAmong(unknown, manager)).map(toDeletedUser);
    return new Map([...users, ...deleted].map((user) => [user.id, user]));
  }

  /**
   * Makes sure that each id belongs to somebody who can be talked to.
   * @throws ProblemError not_found, without saying for which, when one is unknown, unverified or suspended
   */
  async requireActive(ids: readonly string[]): Promise<void> {
    const distinct = [...new Set(ids)];
    if (distinct.length === 0) return;
    const active = await this.users.countActive(distinct);
    if (active < distinct.length) throw new ProblemError('not_found', 'There is no such person.');
  }
}
