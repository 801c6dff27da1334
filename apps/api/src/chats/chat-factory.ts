import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import type { Actor } from '../auth/index.js';
import { DomainEvents, newId } from '../platform/index.js';
import { ChatChanged } from './chat-events.js';
import { LockedChat } from './chat-transaction.js';
import { ChatEntity } from './chat.entity.js';
import { CommitJournal } from './commit-journal.js';
import { MembershipsRepository, type NewMember } from './memberships.repository.js';

const FIRST_VERSION = 1;

interface NewChat {
  type: ChatEntity['type'];
  name: string | null;
  directKey: string | null;
  members: readonly NewMember[];
}

/** Makes chats. */
@Injectable()
export class ChatFactory {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly memberships: MembershipsRepository,
    private readonly journal: CommitJournal,
    private readonly events: DomainEvents,
  ) {}

  /** Makes a chat and returns its id. @param more what else belongs to its beginning, within the same transaction */
  async make(
    actor: Actor,
    draft: NewChat,
    more: (chatId: string, manager: EntityManager) => Promise<void> = () => Promise.resolve(),
  ): Promise<string> {
    const createdAt = new Date();
    const id = newId(createdAt);
    const userIds = draft.members.map((member) => member.userId);
    await this.database.transaction(async (manager) => {
      await this.store(id, createdAt, actor, draft, manager);
      await more(id, manager);
    });
    this.events.publish(new ChatChanged(id, FIRST_VERSION, { kind: 'created', userIds }));
    return id;
  }

  private async store(
    id: string,
    createdAt: Date,
    actor: Actor,
    draft: NewChat,
    manager: EntityManager,
  ): Promise<void> {
    const chat = manager.create(ChatEntity, {
      id,
      type: draft.type,
      name: draft.name,
      directKey: draft.directKey,
      createdBy: actor.id,
      lastSeq: 0,
      version: FIRST_VERSION,
      detailsVersion: FIRST_VERSION,
      activityId: id,
      createdAt,
      lastActivityAt: createdAt,
      memberCount: 0,
    });
    await manager.insert(ChatEntity, chat);
    // Nobody else can see the row before the commit, so it is as good as locked.
    await this.memberships.add(new LockedChat(manager, chat), draft.members, FIRST_VERSION);
    await manager.update(ChatEntity, { id }, { memberCount: chat.memberCount });
    await this.journal.record(
      manager,
      id,
      FIRST_VERSION,
      draft.members.map((member) => member.userId),
    );
  }
}
