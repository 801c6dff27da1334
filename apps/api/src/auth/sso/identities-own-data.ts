import { Injectable } from '@nestjs/common';
import { OwnDataParts } from '../../platform/index.js';
import { toIdentity } from './identities.service.js';
import { IdentitiesRepository } from './identities.repository.js';

/** What is kept about whom somebody is at the provider of single sign-on. */
@Injectable()
export class IdentitiesOwnData {
  constructor(
    parts: OwnDataParts,
    private readonly identities: IdentitiesRepository,
  ) {
    parts.exported({
      file: 'identities.json',
      describes: 'Who you are at the provider with which you sign in.',
      entries: (userId) => this.exported(userId),
    });
    parts.deleted({ erase: (userId, manager) => this.identities.deleteOf(userId, manager) });
  }

  /** Somebody has one of each provider: there are no pages of them. */
  private async *exported(userId: string): AsyncGenerator<object> {
    for (const identity of await this.identities.ofUser(userId)) {
      yield { ...toIdentity(identity), subject: identity.subject };
    }
  }
}
