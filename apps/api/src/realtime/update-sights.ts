import { Injectable } from '@nestjs/common';
import type { ChatUpdatedDto } from '../chats/index.js';
import { BlocksRepository, withoutProfile } from '../users/index.js';

/** A change of a group as some members see it who are kept from the profile of somebody in it. */
export interface Sight {
  userId: string;
  update: ChatUpdatedDto;
}

/** Who hears of new members in a group without what these let be known of themselves: those whom they blocked. */
@Injectable()
export class UpdateSights {
  constructor(private readonly blocks: BlocksRepository) {}

  async of({ members = [], ...update }: ChatUpdatedDto): Promise<Sight[]> {
    if (members.length === 0) return [];
    const pairs = await this.blocks.blockedInChat(
      update.chatId,
      members.map(({ user }) => user.id),
    );
    return [...Map.groupBy(pairs, ({ blockedId }) => blockedId)].map(([userId, ofUser]) => {
      const blockers = new Set(ofUser.map(({ blockerId }) => blockerId));
      const seen = members.map((member) =>
        blockers.has(member.user.id) ? { ...member, user: withoutProfile(member.user) } : member,
      );
      return { userId, update: { ...update, members: seen } };
    });
  }
}
