import { Injectable } from '@nestjs/common';
import { OwnDataParts } from '../platform/index.js';
import { LastSeenEntity } from './last-seen.entity.js';
import { LastSeenRepository } from './last-seen.repository.js';

/** What this module keeps about a person. */
@Injectable()
export class PresenceOwnData {
  constructor(
    parts: OwnDataParts,
    private readonly lastSeen: LastSeenRepository,
  ) {
    parts.exported({
      file: 'last-seen.json',
      describes: 'When you were last there.',
      entries: (userId) => this.exported(userId),
    });
    parts.deleted({
      erase: async (userId, manager) => {
        await manager.delete(LastSeenEntity, { userId });
      },
    });
  }

  private async *exported(userId: string): AsyncGenerator<object> {
    const seenAt = (await this.lastSeen.of([userId])).get(userId);
    if (seenAt !== undefined) yield { lastSeenAt: seenAt.toISOString() };
  }
}
