import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { Config } from '../../platform/index.js';
import { BlocksRepository } from '../blocks.repository.js';
import { admits, DEFAULT_LEVELS, type PrivacyLevel } from './privacy-level.js';

/** What one person may see of another, beside the public profile. */
export interface Visible {
  presence: boolean;
  /** Never without `presence`. */
  lastSeen: boolean;
  email: boolean;
  phone: boolean;
}

/** What becomes of the first message that somebody writes to somebody. */
export type FirstMessage = 'delivered' | 'requested' | 'refused';

/** One person looks at another. */
interface Look {
  viewerId: string;
  ownerId: string;
}

interface SettingsRow {
  viewer_id: string;
  owner_id: string;
  presence: PrivacyLevel;
  last_seen: PrivacyLevel;
  email: PrivacyLevel;
  phone: PrivacyLevel;
  is_contact: boolean;
}

const EVERYTHING: Visible = { presence: true, lastSeen: true, email: true, phone: true };
/** What two see of each other between whom there is a block. */
const NOTHING: Visible = { presence: false, lastSeen: false, email: false, phone: false };
/** What everybody sees of those without settings. */
const BY_DEFAULT = toVisible({ ...DEFAULT_LEVELS, last_seen: DEFAULT_LEVELS.lastSeen, is_contact: false });

/**
 * The one place that decides what people may see of each other: REST, sync and events ask it, for many people at once. Whatever else
 * may hide somebody from somebody belongs into `decide` and `isOpen`.
 */
@Injectable()
export class PeopleVisibility {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly blocks: BlocksRepository,
    private readonly config: Config,
  ) {}

  /** What this viewer may see of each of these people, by their ids. */
  async of(viewerId: string, ownerIds: readonly string[]): Promise<Map<string, Visible>> {
    const decided = await this.decide(ownerIds.map((ownerId) => ({ viewerId, ownerId })));
    return new Map(ownerIds.map((ownerId, index) => [ownerId, decided[index] ?? BY_DEFAULT]));
  }

  /** What each of these viewers may see of one person, by the viewers' ids. */
  async by(ownerId: string, viewerIds: readonly string[]): Promise<Map<string, Visible>> {
    const decided = await this.decide(viewerIds.map((viewerId) => ({ viewerId, ownerId })));
    return new Map(viewerIds.map((viewerId, index) => [viewerId, decided[index] ?? BY_DEFAULT]));
  }

  /** Whether anybody at all may see when this person is there, and was: then nobody needs to be asked about one by one. */
  async isOpen(ownerId: string): Promise<boolean> {
    const [closed] = await this.database.query<unknown[]>(
      `SELECT 1 FROM privacy_settings WHERE user_id = $1 AND (presence <> 'everyone' OR last_seen <> 'everyone')`,
      [ownerId],
    );
    return closed === undefined && !(await this.blocks.isApart(ownerId));
  }

  /** What becomes of the first message of one person to another, by the settings of who gets it. */
  async firstMessage(
    senderId: string,
    recipientId: string,
    manager: EntityManager = this.database.manager,
  ): Promise<FirstMessage> {
    const [row] = await manager.query<{ messages_from: PrivacyLevel | null; is_contact: boolean }[]>(
      `SELECT (SELECT messages_from FROM privacy_settings WHERE user_id = $1),
              EXISTS (SELECT 1 FROM contacts WHERE user_id = $1 AND contact_id = $2) AS is_contact`,
      [recipientId, senderId],
    );
    const level = row?.messages_from ?? this.messagesFromByDefault;
    // `nobody` means no stranger: whom they added themselves may write.
    if (level === 'everyone' || row?.is_contact === true) return 'delivered';
    return level === 'contacts' ? 'requested' : 'refused';
  }

  /** Who may write to somebody who has not said so. */
  get messagesFromByDefault(): PrivacyLevel {
    return this.config.messageRequests ? 'contacts' : 'everyone';
  }

  /** Each look's answer, in their order, with two queries: only those who have settings have rows. A block hides everything. */
  private async decide(looks: readonly Look[]): Promise<Visible[]> {
    if (looks.length === 0) return [];
    const rows = await this.database.query<SettingsRow[]>(
      `SELECT look.viewer_id, look.owner_id, p.presence, p.last_seen, p.email, p.phone,
              c.contact_id IS NOT NULL AS is_contact
       FROM unnest($1::uuid[], $2::uuid[]) AS look (viewer_id, owner_id)
       JOIN privacy_settings p ON p.user_id = look.owner_id
       LEFT JOIN contacts c ON c.user_id = look.owner_id AND c.contact_id = look.viewer_id`,
      [looks.map(({ viewerId }) => viewerId), looks.map(({ ownerId }) => ownerId)],
    );
    const apart = await this.blocks.areApart(looks.map(({ viewerId, ownerId }) => [viewerId, ownerId]));
    const settings = new Map(rows.map((row) => [`${row.viewer_id} ${row.owner_id}`, row]));
    return looks.map(({ viewerId, ownerId }, index) => {
      if (viewerId === ownerId) return EVERYTHING;
      if (apart[index] === true) return NOTHING;
      const row = settings.get(`${viewerId} ${ownerId}`);
      return row === undefined ? BY_DEFAULT : toVisible(row);
    });
  }
}

function toVisible(row: Omit<SettingsRow, 'viewer_id' | 'owner_id'>): Visible {
  const presence = admits(row.presence, row.is_contact);
  return {
    presence,
    lastSeen: presence && admits(row.last_seen, row.is_contact),
    email: admits(row.email, row.is_contact),
    phone: admits(row.phone, row.is_contact),
  };
}
