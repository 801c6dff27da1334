import { Injectable } from '@nestjs/common';
import { OwnDataParts } from '../platform/index.js';
import { toMe } from './user-view.js';
import { UsersRepository } from './users.repository.js';

/** What this module keeps about a person. Their row is made anonymous by whoever deletes the account. */
@Injectable()
export class UsersOwnData {
  constructor(
    parts: OwnDataParts,
    private readonly users: UsersRepository,
  ) {
    parts.exported({
      file: 'profile.json',
      describes: 'Your account and your profile.',
      entries: (userId) => this.profile(userId),
    });
  }

  private async *profile(userId: string): AsyncGenerator<object> {
    const user = await this.users.byId(userId);
    if (user !== null) yield { ...toMe(user), emailVerifiedAt: user.emailVerifiedAt.toISOString() };
  }
}
