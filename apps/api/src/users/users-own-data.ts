import { Injectable } from '@nestjs/common';
import { inPages, OwnDataParts } from '../platform/index.js';
import { ContactEntity } from './contacts/contact.entity.js';
import { ContactsRepository } from './contacts/contacts.repository.js';
import { PrivacyEntity } from './privacy/privacy.entity.js';
import { PrivacyRepository } from './privacy/privacy.repository.js';
import { toMe } from './user-view.js';
import { UsernamesRepository } from './usernames/usernames.repository.js';
import { UsersRepository } from './users.repository.js';

const PAGE = 500;

/** What this module keeps about a person. Their row is made anonymous by whoever deletes the account. */
@Injectable()
export class UsersOwnData {
  constructor(
    parts: OwnDataParts,
    private readonly users: UsersRepository,
    private readonly contacts: ContactsRepository,
    private readonly privacy: PrivacyRepository,
    private readonly usernames: UsernamesRepository,
  ) {
    parts.exported({
      file: 'profile.json',
      describes: 'Your account and your profile.',
      entries: (userId) => this.profile(userId),
    });
    parts.exported({
      file: 'privacy.json',
      describes: 'What you let others see, where you have chosen it.',
      entries: (userId) => this.chosen(userId),
    });
    parts.exported({
      file: 'contacts.json',
      describes: 'The people you have added.',
      entries: (userId) => this.added(userId),
    });
    parts.exported({
      file: 'former-usernames.json',
      describes: 'Usernames that you gave up, and that are kept for you for a while.',
      entries: (userId) => this.usernames.reservedFor(userId),
    });
    parts.deleted({
      erase: async (userId, manager) => {
        await manager.delete(PrivacyEntity, { userId });
        // Also where others had added them: nobody is there any more.
        await manager.delete(ContactEntity, [{ userId }, { contactId: userId }]);
        await this.usernames.release(userId, manager);
      },
    });
  }

  private async *profile(userId: string): AsyncGenerator<object> {
    const user = await this.users.byId(userId);
    if (user !== null) yield { ...toMe(user), emailVerifiedAt: user.emailVerifiedAt.toISOString() };
  }

  private async *chosen(userId: string): AsyncGenerator<object> {
    const chosen = await this.privacy.of(userId);
    if (chosen === null) return;
    const { presence, lastSeen, email, phone, messagesFrom } = chosen;
    yield { presence, lastSeen, email, phone, messagesFrom };
  }

  private async *added(userId: string): AsyncGenerator<object> {
    const rows = inPages(
      (after: string | undefined) => this.contacts.page(userId, PAGE, after),
      (row) => row.username ?? '',
    );
    for await (const { id, username, display_name: displayName, created_at: addedAt } of rows) {
      yield { userId: id, username, displayName, addedAt: addedAt.toISOString() };
    }
  }
}
