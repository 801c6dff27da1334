import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DomainEvents } from '../platform/index.js';
import { type ChatChange, ChatChanged, type PersonalUpdate } from './chat-events.js';
import { ChatListRepository } from './chat-list.repository.js';
import { toMember } from './chat-view.js';
import type { ChatUpdatedDto } from './chat.dto.js';
import { DirectChatsRepository } from './direct-chats.repository.js';

/** There are two in a direct chat, also where one of them declined it. */
const MEMBER_COUNT = 2;

/** Describes to each of the two how their chat stands: the other one is not told what is not theirs to know. */
@Injectable()
export class DirectChanges {
  constructor(
    private readonly directs: DirectChatsRepository,
    private readonly list: ChatListRepository,
    private readonly events: DomainEvents,
  ) {}

  /** Tells a committed change of what the two let each other do. */
  async announce(chatId: string, version: number): Promise<void> {
    this.events.publish(new ChatChanged(chatId, version, await this.describe(chatId, version)));
  }

  /** The chat as it stands now, for a change of a version. @param above what is told already: who came later is new to the chat */
  async describe(chatId: string, version: number, above = version - 1, manager?: EntityManager): Promise<ChatChange> {
    const update: ChatUpdatedDto = { chatId, version, memberCount: MEMBER_COUNT };
    const places = await this.directs.places(chatId, manager);
    const personal: PersonalUpdate[] = [];
    for (const { user_id: userId, request, blocked, withdrawn } of places) {
      const members = (await this.list.members(userId, [chatId], manager)).map(toMember);
      personal.push({ userId, update: { ...update, members, request, blocked }, withdrawn });
    }
    const joined = places.filter((place) => place.joined_version > above).map((place) => place.user_id);
    return { kind: 'updated', update, joined, left: [], personal };
  }
}
