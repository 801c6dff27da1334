import { Injectable } from '@nestjs/common';
import { Reauthentication, SessionRevocations } from '../../auth/index.js';
import { MembershipsRepository } from '../../chats/index.js';
import { type Actor, type Client, DomainEvents } from '../../platform/index.js';
import { UserDeleted } from '../../users/index.js';
import { OwnDataMails } from '../own-data-mails.js';
import { AccountErasure } from './account-erasure.js';
import { UnfinishedDeletions } from './unfinished-deletions.js';

/** The end of an account. docs/subsystems/own-data.md says what goes, what stays, and in which order. */
@Injectable()
export class AccountDeletion {
  constructor(
    private readonly reauthentication: Reauthentication,
    private readonly erasure: AccountErasure,
    private readonly unfinished: UnfinishedDeletions,
    private readonly memberships: MembershipsRepository,
    private readonly revocations: SessionRevocations,
    private readonly events: DomainEvents,
    private readonly mails: OwnDataMails,
  ) {}

  /**
   * Deletes one's own account. When it returns, nobody can use it and nothing says whose it was; its chats are left right afterwards.
   * @throws ProblemError credentials_invalid, rate_limited; conflict for the last administrator
   */
  async delete(actor: Actor, password: string, client: Client): Promise<void> {
    const { email, displayName } = await this.reauthentication.confirm(actor, password, client);
    const chatIds = await this.memberships.chatsSharingPresence(actor.id);
    const ended = await this.erasure.erase(actor.id, client);
    this.revocations.announce(actor.id, ended, 'account_deleted');
    this.events.publish(new UserDeleted(actor.id, chatIds));
    this.mails.deleted({ email, displayName });
    this.unfinished.resumeSoon();
  }
}
