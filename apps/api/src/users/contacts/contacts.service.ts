import { Injectable } from '@nestjs/common';
import { LIMITS } from '@chatr/contracts';
import { type Actor, DomainEvents, normaliseId, type PageQueryDto, ProblemError } from '../../platform/index.js';
import { decodeUserCursor, encodeUserCursor } from '../user-cursor.js';
import { ContactChanged, VisibilityChanged } from '../user-events.js';
import { toJoinedUser } from '../user-view.js';
import { UsersService } from '../users.service.js';
import type { ContactPageDto } from './contact.dto.js';
import { ContactsRepository } from './contacts.repository.js';

const DEFAULT_PAGE = 50;

/** The people somebody keeps at hand, and whom their settings may let see more. Nobody learns whose contact they are. */
@Injectable()
export class ContactsService {
  constructor(
    private readonly contacts: ContactsRepository,
    private readonly users: UsersService,
    private readonly events: DomainEvents,
  ) {}

  async page(actor: Actor, { cursor, limit = DEFAULT_PAGE }: PageQueryDto): Promise<ContactPageDto> {
    const after = cursor === undefined ? undefined : decodeUserCursor(cursor).username;
    const rows = await this.contacts.page(actor.id, limit + 1, after);
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return {
      items: rows
        .slice(0, limit)
        .map((row) => ({ user: toJoinedUser(row.id, row), addedAt: row.created_at.toISOString() })),
      nextCursor: last === undefined ? null : encodeUserCursor({ rank: 0, username: last.username ?? '' }),
    };
  }

  /**
   * Adding somebody who is there already changes nothing.
   * @throws ProblemError validation_failed for oneself; not_found; conflict when there are too many
   */
  async add(actor: Actor, id: string): Promise<void> {
    const contactId = normaliseId(id);
    if (contactId === actor.id) throw new ProblemError('validation_failed', 'Nobody is their own contact.');
    await this.users.requireActive(actor, [contactId]);
    if (await this.contacts.add(actor.id, contactId)) this.tell(actor, contactId, true);
    else if (!(await this.contacts.has(actor.id, contactId))) {
      throw new ProblemError('conflict', `There is room for ${LIMITS.contacts} contacts.`);
    }
  }

  /** Taking away somebody who is not there changes nothing. */
  async remove(actor: Actor, id: string): Promise<void> {
    const contactId = normaliseId(id);
    if (await this.contacts.remove(actor.id, contactId)) this.tell(actor, contactId, false);
  }

  private tell(actor: Actor, contactId: string, isContact: boolean): void {
    this.events.publish(new ContactChanged(actor.id, contactId, isContact));
    this.events.publish(new VisibilityChanged(actor.id, [contactId]));
  }
}
