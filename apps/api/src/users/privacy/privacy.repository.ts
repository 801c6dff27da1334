import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { PrivacyEntity } from './privacy.entity.js';
import { DEFAULT_LEVELS } from './privacy-level.js';
import type { UpdatePrivacyDto } from './privacy.dto.js';

/** The rows of those who have said what others may see. */
@Injectable()
export class PrivacyRepository {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  of(userId: string): Promise<PrivacyEntity | null> {
    return this.database.manager.findOneBy(PrivacyEntity, { userId });
  }

  /** Writes what is given, in one statement: two devices that change different things at the same moment both succeed. */
  async change(userId: string, change: UpdatePrivacyDto): Promise<void> {
    const { presence, lastSeen, email, phone, messagesFrom } = change;
    await this.database.query(
      `INSERT INTO privacy_settings AS p (user_id, presence, last_seen, email, phone, messages_from)
       VALUES ($1, coalesce($2::text, $7), coalesce($3::text, $8), coalesce($4::text, $9), coalesce($5::text, $10), $6)
       ON CONFLICT (user_id) DO UPDATE
         SET presence = coalesce($2::text, p.presence), last_seen = coalesce($3::text, p.last_seen),
             email = coalesce($4::text, p.email), phone = coalesce($5::text, p.phone),
             messages_from = coalesce($6::text, p.messages_from)`,
      [
        userId,
        presence,
        lastSeen,
        email,
        phone,
        messagesFrom ?? null,
        DEFAULT_LEVELS.presence,
        DEFAULT_LEVELS.lastSeen,
        DEFAULT_LEVELS.email,
        DEFAULT_LEVELS.phone,
      ],
    );
  }
}
