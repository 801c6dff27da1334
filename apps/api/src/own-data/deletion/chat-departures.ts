import { Injectable } from '@nestjs/common';
import { ClosedChats } from '../../chats/index.js';
import { ForgottenNames, GroupsService } from '../../groups/index.js';
import { inPages, ProblemError } from '../../platform/index.js';
import { DeletionsRepository } from './deletions.repository.js';

const PAGE = 100;

/** Takes a deleted account out of its chats, one after the other. Whatever is done already is left alone, so it may run again at any time. */
@Injectable()
export class ChatDepartures {
  constructor(
    private readonly deletions: DeletionsRepository,
    private readonly groups: GroupsService,
    private readonly closed: ClosedChats,
    private readonly names: ForgottenNames,
  ) {}

  /** Leaves groups, as anybody leaves them, and closes direct chats. */
  async leave(userId: string): Promise<void> {
    for (;;) {
      const chats = await this.deletions.chatsToLeave(userId, PAGE);
      if (chats.length === 0) return;
      for (const { id, type } of chats) {
        await (type === 'group' ? this.leaveGroup(userId, id) : this.closed.close(id, userId));
      }
    }
  }

  /** Takes the name out of what groups say about themselves. */
  async forgetName(userId: string): Promise<void> {
    const groups = inPages(
      (after?: string) => this.deletions.groupsOnce(userId, PAGE, after),
      ({ id }) => id,
    );
    for await (const { id } of groups) await this.names.forget(id, userId);
  }

  private async leaveGroup(id: string, groupId: string): Promise<void> {
    try {
      await this.groups.leave({ id, sessionId: '', role: 'user' }, groupId);
    } catch (error) {
      // Another node was there at the same moment.
      if (!(error instanceof ProblemError) || error.code !== 'not_a_member') throw error;
    }
  }
}
