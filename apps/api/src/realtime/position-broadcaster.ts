import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { type MemberKey, PositionMoved, showsReceipts } from '../chats/index.js';
import { DomainEvents, NodeLink } from '../platform/index.js';
import { type ChatrServer, rooms } from './user-socket.js';

const TOPIC = 'positions';
/** Positions told within this time are remembered: the journal tells of them once more. */
const REMEMBERED_MS = 60_000;
const CAPACITY = 50_000;

interface Told {
  readSeq: number;
  deliveredSeq: number;
  at: number;
}

interface PositionRow {
  chat_id: string;
  user_id: string;
  read_seq: number;
  delivered_seq: number;
  member_count: number;
  /** Whether it is how far the others see them to have come; where that is something else, there is a row for each. */
  shown: boolean;
  own: boolean;
  read_id: string | null;
  delivered_id: string | null;
}

/** Who hears of a position: the person's own devices, the other members, or both. */
type Audience = 'own' | 'others' | 'all';

/**
 * Tells how far members have come, on whichever node they said so, to the sockets of this one. Positions take no version: they
 * only grow, so one that comes late or twice does no harm, and one that does not come is found in the journal and told as it is then.
 */
@Injectable()
export class PositionBroadcaster {
  private readonly logger = new Logger(PositionBroadcaster.name);
  private server: ChatrServer;
  private follows: (chatId: string) => boolean;
  /** By chat and person, what was told lately; in the order of time. */
  private readonly told = new Map<string, Told>();

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly events: DomainEvents,
    private readonly link: NodeLink,
  ) {}

  /** Begins to tell positions to the sockets of this server. */
  attach(server: ChatrServer, follows: (chatId: string) => boolean): void {
    this.server = server;
    this.follows = follows;
    this.events.on(PositionMoved, (moved) => {
      this.tell(moved);
      this.link.publish(TOPIC, () => JSON.stringify(moved));
    });
    this.link.subscribe(TOPIC, (text) => {
      const moved = JSON.parse(text) as PositionMoved;
      if (follows(moved.chatId)) this.tell(moved);
    });
  }

  /** Tells what of these members' positions was not told here: whoever committed it could not. */
  tellAgain(members: readonly MemberKey[]): void {
    const followed = members.filter(({ chatId }) => this.follows(chatId));
    if (followed.length === 0) return;
    this.read(followed).then(
      (rows) => rows.forEach((row) => this.tellUntold(row)),
      (error: unknown) => this.logger.warn({ err: error }, 'positions that may have been missed could not be read'),
    );
  }

  private tellUntold(row: PositionRow): void {
    const { chat_id: chatId, user_id: userId, read_seq: readSeq, delivered_seq: deliveredSeq } = row;
    const shown = row.shown && showsReceipts(row.member_count);
    const audience = shown ? (row.own ? 'all' : 'others') : 'own';
    const told = this.told.get(keyOf(chatId, userId, shown));
    const position = (status: 'read' | 'delivered', seq: number, messageId: string | null): void => {
      if (messageId === null) return;
      this.tellTo(audience, new PositionMoved(chatId, userId, status, seq, messageId, shown));
    };
    if (deliveredSeq > (told?.deliveredSeq ?? 0)) position('delivered', deliveredSeq, row.delivered_id);
    if (readSeq > (told?.readSeq ?? 0)) position('read', readSeq, row.read_id);
  }

  private tell(moved: PositionMoved): void {
    this.tellTo(moved.visibleToOthers ? 'all' : 'own', moved);
  }

  private tellTo(audience: Audience, moved: PositionMoved): void {
    this.remember(moved);
    const { chatId, userId, status, seq, messageId } = moved;
    const [own, chat] = [rooms.user(userId), rooms.chat(chatId)];
    const { local } = this.server;
    const hearers =
      audience === 'all' ? local.to([own, chat]) : audience === 'own' ? local.to(own) : local.to(chat).except(own);
    hearers.emit('message:status', { chatId, userId, status, seq, messageId });
  }

  private remember({ chatId, userId, status, seq, visibleToOthers }: PositionMoved): void {
    const key = keyOf(chatId, userId, visibleToOthers);
    const before = this.told.get(key);
    const deliveredSeq = Math.max(before?.deliveredSeq ?? 0, seq);
    const readSeq = status === 'read' ? Math.max(before?.readSeq ?? 0, seq) : (before?.readSeq ?? 0);
    const at = performance.now();
    // Taken out and put back, so that the map's order is that of time.
    this.told.delete(key);
    this.told.set(key, { readSeq, deliveredSeq, at });
    for (const [oldest, { at: then }] of this.told) {
      if (this.told.size <= CAPACITY && at - then < REMEMBERED_MS) break;
      this.told.delete(oldest);
    }
  }

  private read(members: readonly MemberKey[]): Promise<PositionRow[]> {
    return this.database.query(
      `SELECT cm.chat_id, cm.user_id, at.read_seq, at.delivered_seq, c.member_count, at.shown, at.own,
         r.id AS read_id, d.id AS delivered_id
       FROM unnest($1::uuid[], $2::uuid[]) AS moved (chat_id, user_id)
       JOIN chat_members cm ON cm.chat_id = moved.chat_id AND cm.user_id = moved.user_id AND cm.left_at IS NULL
       JOIN chats c ON c.id = cm.chat_id
       CROSS JOIN LATERAL (
         SELECT cm.read_seq, cm.delivered_seq, cm.shown_read_seq IS NULL AS shown, true AS own
         UNION ALL
         SELECT cm.shown_read_seq, cm.shown_delivered_seq, true, false WHERE cm.shown_read_seq IS NOT NULL
       ) AS at
       LEFT JOIN messages r ON r.chat_id = cm.chat_id AND r.seq = at.read_seq
       LEFT JOIN messages d ON d.chat_id = cm.chat_id AND d.seq = at.delivered_seq`,
      [members.map(({ chatId }) => chatId), members.map(({ userId }) => userId)],
    );
  }
}

/** What only the person's own devices were told is yet to be told to the others, should they be shown it. */
function keyOf(chatId: string, userId: string, shown: boolean): string {
  return `${chatId} ${userId}${shown ? '' : ' own'}`;
}
