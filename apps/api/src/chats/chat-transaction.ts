import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { type DataSource, type EntityManager, IsNull, MoreThan } from 'typeorm';
import { DomainEvents, isSerializationFailure, ProblemError } from '../platform/index.js';
import { type ChatChange, ChatChanged, joinedBy, type Newcomers } from './chat-events.js';
import { ChatMemberEntity } from './chat-member.entity.js';
import { ChatEntity } from './chat.entity.js';
import { CommitJournal } from './commit-journal.js';

const ATTEMPTS = 3;

/** A chat whose row is locked until the transaction ends: versions and numbers taken here are taken in the order of commit. */
export class LockedChat {
  readonly changes: ChatChanged[] = [];

  constructor(
    readonly manager: EntityManager,
    readonly chat: ChatEntity,
  ) {}

  takeVersion(): number {
    return ++this.chat.version;
  }

  /** Says what a version stands for, once it is committed. */
  announce(version: number, change: ChatChange): void {
    this.changes.push(new ChatChanged(this.chat.id, version, change));
  }

  takeSeq(): number {
    return ++this.chat.lastSeq;
  }

  /**
   * The membership of a person, looked up under the chat's lock, where it counts.
   * @throws ProblemError not_a_member
   */
  async requireMember(userId: string): Promise<ChatMemberEntity> {
    const member = await this.manager.findOneBy(ChatMemberEntity, { chatId: this.chat.id, userId });
    if (member === null || member.leftAt !== null) throw new ProblemError('not_a_member');
    return member;
  }

  /** The present members who came after the oldest of some messages, as a look-up by message. */
  async newcomersSince(oldestSeq: number): Promise<(seq: number) => Newcomers> {
    const newcomers = await this.manager.find(ChatMemberEntity, {
      where: { chatId: this.chat.id, leftAt: IsNull(), visibleFromSeq: MoreThan(oldestSeq) },
      select: { chatId: true, userId: true, visibleFromSeq: true },
    });
    return (seq) => ({
      userIds: newcomers.filter((member) => member.visibleFromSeq > seq).map((member) => member.userId),
      memberCount: this.chat.memberCount,
    });
  }

  /** The first message that every present member can see: what goes to all of them quotes nothing from before. */
  async seenByAllFrom(): Promise<number> {
    const newest = await this.manager.maximum(ChatMemberEntity, 'visibleFromSeq', {
      chatId: this.chat.id,
      leftAt: IsNull(),
    });
    return newest ?? 1;
  }
}

/** Runs every change of a chat but the append of messages: locks, lets the work take versions, commits, then announces. */
@Injectable()
export class ChatTransactions {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly journal: CommitJournal,
    private readonly events: DomainEvents,
  ) {}

  /**
   * Runs `work` under the lock of a chat. It may run again after a deadlock, so it must do nothing but what the transaction undoes.
   * @throws ProblemError not_a_member when there is no such chat: a stranger learns no more about a chat than that
   */
  async run<T>(chatId: string, work: (locked: LockedChat) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.runOnce(chatId, work);
      } catch (error) {
        if (attempt === ATTEMPTS || !isSerializationFailure(error)) throw error;
      }
    }
  }

  private async runOnce<T>(chatId: string, work: (locked: LockedChat) => Promise<T>): Promise<T> {
    const { result, changes } = await this.database.transaction(async (manager) => {
      const chat = await manager.findOne(ChatEntity, { where: { id: chatId }, lock: { mode: 'for_no_key_update' } });
      if (chat === null) throw new ProblemError('not_a_member');
      const locked = new LockedChat(manager, chat);
      const result = await work(locked);
      await manager.save(chat, { reload: false });
      const joined = locked.changes.flatMap(({ change }) => joinedBy(change));
      if (locked.changes.length > 0) await this.journal.record(manager, chatId, chat.version, joined);
      return { result, changes: locked.changes };
    });
    for (const change of changes) this.events.publish(change);
    return result;
  }
}
