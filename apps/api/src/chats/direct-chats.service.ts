import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../auth/index.js';
import { isUniqueViolation, ProblemError, type RateRule, Throttle } from '../platform/index.js';
import { PeopleVisibility, UsersService } from '../users/index.js';
import { ChatFactory } from './chat-factory.js';
import { DirectChatsRepository, directKeyOf } from './direct-chats.repository.js';
import type { NewMember } from './memberships.repository.js';
import { RequestsService } from './requests.service.js';

/** Strangers whom somebody may write to in a day. */
const REQUESTS: RateRule = { name: 'message-requests', points: 20, seconds: 86_400 };

/** Brings two people together. */
@Injectable()
export class DirectChatsService {
  constructor(
    private readonly directs: DirectChatsRepository,
    private readonly factory: ChatFactory,
    private readonly users: UsersService,
    private readonly visibility: PeopleVisibility,
    private readonly requests: RequestsService,
    private readonly throttle: Throttle,
  ) {}

  /**
   * The id of the direct chat between two people, which is made when it does not exist. Where the other one does not take messages
   * from strangers as they come, it begins as a request. Who declined it and opens it after all has accepted it.
   * @throws ProblemError not_found when there is no such person, or none for the actor; blocked, when the actor blocked them;
   * forbidden, when they take no messages; validation_failed for a chat with oneself; rate_limited
   */
  async open(actor: Actor, peerId: string): Promise<string> {
    if (peerId === actor.id) throw new ProblemError('validation_failed', 'A direct chat is with somebody else.');
    const existing = await this.directs.find(actor.id, peerId);
    if (existing?.declined === false) return existing.id;
    await this.users.requireActive(actor, [peerId]);
    if (existing !== undefined) return this.requests.comeBack(actor, existing.id);
    const isRequest = await this.isRequest(actor, peerId);
    const members: NewMember[] = [actor.id, peerId].map((userId) => ({ userId, role: 'member' }));
    try {
      const draft = { type: 'direct' as const, name: null, directKey: directKeyOf(actor.id, peerId), members };
      return await this.factory.make(actor, draft, async (chatId, manager) => {
        await this.checkAgain(actor, peerId, manager);
        if (isRequest) await this.directs.ask(chatId, peerId, manager);
      });
    } catch (error) {
      // Both opened it at the same moment: the unique key lets one of them make it.
      const other = isUniqueViolation(error, 'chats_direct_key')
        ? await this.directs.find(actor.id, peerId)
        : undefined;
      if (other === undefined) throw error;
      return other.id;
    }
  }

  private async isRequest(actor: Actor, peerId: string): Promise<boolean> {
    const first = await this.visibility.firstMessage(actor.id, peerId);
    if (first === 'refused') throw new ProblemError('forbidden', 'This person takes no messages from strangers.');
    if (first === 'requested') await this.throttle.consume(REQUESTS, actor.id);
    return first === 'requested';
  }

  /** Somebody may be blocking the other at this moment: they do it before, or find the chat. */
  private async checkAgain(actor: Actor, peerId: string, manager: EntityManager): Promise<void> {
    await this.directs.lockPair(actor.id, peerId, manager);
    await this.users.requireActive(actor, [peerId], manager);
  }
}
