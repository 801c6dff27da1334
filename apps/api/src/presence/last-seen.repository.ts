import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { type DataSource, In } from 'typeorm';
import { LastSeenEntity } from './last-seen.entity.js';

@Injectable()
export class LastSeenRepository {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  async set(userId: string, lastSeenAt: Date): Promise<void> {
    await this.database.manager.upsert(LastSeenEntity, { userId, lastSeenAt }, ['userId']);
  }

  async of(userIds: readonly string[]): Promise<Map<string, Date>> {
    if (userIds.length === 0) return new Map();
    const rows = await this.database.manager.findBy(LastSeenEntity, { userId: In([...userIds]) });
    return new Map(rows.map((row) => [row.userId, row.lastSeenAt]));
  }
}
