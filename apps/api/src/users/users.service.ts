import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Actor, DomainEvents, ProblemError, type RateRule, Throttle } from '../platform/index.js';
import { BlocksRepository } from './blocks.repository.js';
import { ContactsRepository } from './contacts/contacts.repository.js';
import { PeopleVisibility } from './privacy/people-visibility.js';
import { decodeUserCursor, encodeUserCursor } from './user-cursor.js';
import type { ListUsersDto, MeDto, ProfileDto, UpdateMeDto, UserDto, UserPageDto } from './user.dto.js';
import { UserUpdated } from './user-events.js';
import { toDeletedUser, toMe, toUser, withoutProfile } from './user-view.js';
import { UsersRepository } from './users.repository.js';

const DEFAULT_PAGE = 20;

/** Quick typing, a letter at a time; not a walk through everybody. */
const SEARCHES: RateRule = { name: 'user-searches', points: 120, seconds: 60 };

/** People's profiles. */
@Injectable()
export class UsersService {
  constructor(
    private readonly users: UsersRepository,
    private readonly blocks: BlocksRepository,
    private readonly visibility: PeopleVisibility,
    private readonly contacts: ContactsRepository,
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
    const pronouns = change.pronouns ?? user.pronouns;
    const language = change.language ?? user.language;
    const isSeen = displayName !== user.displayName || about !== user.about || pronouns !== user.pronouns;
    if (!isSeen && language === user.language) return toMe(user);
    const changed = await this.users.update(user, { displayName, about, pronouns, language });
    if (isSeen) this.events.publish(new UserUpdated(actor.id));
    return toMe(changed);
  }

  /**
   * Anybody's profile, suspended and deleted people's included: their messages are still there. Somebody who blocked the actor is not there,
   * but for the name and the picture where the two are in a group together.
   */
  async get(actor: Actor, id: string): Promise<ProfileDto> {
    const user = await this.users.byId(id);
    if (user === null) return this.deleted(id);
    const isBlocked = (await this.blocks.between(actor.id, [id])).blockedBy.length > 0;
    if (isBlocked && !(await this.blocks.shareGroup(actor.id, id)))
      throw new ProblemError('not_found', 'There is no such person.');
    const visible = (await this.visibility.of(actor.id, [user.id])).get(user.id);
    return {
      ...(isBlocked ? withoutProfile(toUser(user)) : toUser(user)),
      isContact: await this.contacts.has(actor.id, user.id),
      ...(visible?.email === true ? { email: user.email } : {}),
      ...(visible?.phone === true && user.phone !== null && user.phoneVerifiedAt !== null ? { phone: user.phone } : {}),
    };
  }

  /** What somebody who knows a person's name may see of them; undefined when the account is gone. */
  async profileFor(viewerId: string, id: string): Promise<UserDto | undefined> {
    const user = await this.users.byId(id);
    if (user === null) return undefined;
    const { blockedBy } = await this.blocks.between(viewerId, [id]);
    return blockedBy.length > 0 ? withoutProfile(toUser(user)) : toUser(user);
  }

  /** Active people whose username or display name holds the query, without those who blocked the actor. @throws ProblemError rate_limited, validation_failed (cursor) */
  async search(actor: Actor, { query = '', cursor, limit = DEFAULT_PAGE }: ListUsersDto): Promise<UserPageDto> {
    await this.throttle.consume(SEARCHES, actor.id);
    const after = cursor === undefined ? undefined : decodeUserCursor(cursor);
    const found = await this.users.search({
      query,
      after,
      limit: limit + 1,
      suspended: false,
      viewerId: actor.id,
    });
    const last = found.length > limit ? found[limit - 1] : undefined;
    return {
      items: found.slice(0, limit).map(({ user }) => toUser(user)),
      nextCursor: last === undefined ? null : encodeUserCursor({ rank: last.rank, username: last.user.username }),
    };
  }

  private async deleted(id: string): Promise<ProfileDto> {
    const user = (await this.byIds([id])).get(id);
    if (user === undefined) throw new ProblemError('not_found', 'There is no such person.');
    return { ...user, isContact: false };
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
   * Makes sure that each id belongs to somebody whom the actor may talk to or take along.
   * @throws ProblemError not_found, without saying for which, when one is unknown, unverified or suspended, or has blocked the
   * actor; blocked, when the actor has blocked one
   */
  async requireActive(actor: Actor, ids: readonly string[], manager?: EntityManager): Promise<void> {
    const distinct = [...new Set(ids)];
    if (distinct.length === 0) return;
    const active = await this.users.countActive(distinct, manager);
    const { blockedBy, blocked } = await this.blocks.between(actor.id, distinct, manager);
    if (active < distinct.length || blockedBy.length > 0) {
      throw new ProblemError('not_found', 'There is no such person.');
    }
    if (blocked.length > 0) throw new ProblemError('blocked', 'You blocked this person. Unblock them first.');
  }
}
