import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import {
  type ChatChange,
  ChatChanged,
  ChatCommitDoubted,
  ChatListRepository,
  ChatView,
  PositionMoved,
} from '../chats/index.js';
import { DomainEvents } from '../platform/index.js';
import { ChangeFeed } from './change-feed.js';
import { MissedChangesRepository } from './missed-changes.repository.js';
import { type ChatrServer, rooms, type UserSocket } from './user-socket.js';

type MessageChange = Extract<ChatChange, { kind: 'message' }>;
type UpdatedChange = Extract<ChatChange, { kind: 'updated' }>;

/** How often the versions that were told are compared with those that are stored. */
const SWEEP_MS = 5_000;

/** Tells what is committed in chats to the sockets of their members. */
@Injectable()
export class ChatBroadcaster implements OnApplicationShutdown {
  private server: ChatrServer;
  private sweep: NodeJS.Timeout | undefined;
  private readonly feed: ChangeFeed;
  /** Chats that nobody here is in, and of which a change may have been committed unheard. */
  private readonly doubted = new Set<string>();
  /** Sockets whose rooms are being looked up: what changes for their people meanwhile would be missed. */
  private readonly entering = new Map<string, Set<UserSocket>>();

  constructor(
    private readonly events: DomainEvents,
    private readonly list: ChatListRepository,
    private readonly view: ChatView,
    private readonly missed: MissedChangesRepository,
  ) {
    this.feed = new ChangeFeed({
      readMissed: (chatId, above) => this.missed.read(chatId, above),
      emit: (change) => this.tell(change),
      concernsNewcomers: ({ change }) => this.newcomers(change).some((userId) => this.isConnected(userId)),
    });
  }

  /** Begins to tell events to the sockets of this server. */
  attach(server: ChatrServer): void {
    this.server = server;
    server.of('/').adapter.on('delete-room', (room: string) => {
      const chatId = rooms.chatOf(room);
      if (chatId !== undefined) this.feed.untrack(chatId);
    });
    this.sweep = setInterval(() => void this.lookForMissed(), SWEEP_MS).unref();
    this.events.on(ChatChanged, (change) => this.feed.accept(change));
    this.events.on(ChatCommitDoubted, ({ chatId }) => {
      if (!this.feed.doubt(chatId)) this.doubted.add(chatId);
    });
    this.events.on(PositionMoved, (moved) => this.tellPosition(moved));
  }

  onApplicationShutdown(): void {
    clearInterval(this.sweep);
  }

  /** A commit whose answer was lost may be carried out later than anybody looked: now and then the heads are compared. */
  private async lookForMissed(): Promise<void> {
    try {
      for (const chatId of await this.missed.behind(this.feed.heads())) this.feed.doubt(chatId);
      for (const chatId of this.doubted) await this.lookForNewcomers(chatId);
    } catch {
      // The database is away: what needs it says so, and the next look comes.
    }
  }

  /** Nobody here is in the chat, as far as anybody heard: a commit that nobody heard of may have let somebody in. */
  private async lookForNewcomers(chatId: string): Promise<void> {
    const members = (await this.list.allMembers(chatId)).map((member) => member.user_id);
    const connected = members.filter((userId) => this.isConnected(userId));
    const [chat] = connected[0] === undefined ? [] : await this.list.byIds(connected[0], [chatId]);
    this.doubted.delete(chatId);
    if (chat === undefined || this.feed.doubt(chatId)) return;
    this.feed.track(chatId, chat.version);
    await this.letIn(chatId, connected);
  }

  /** A socket is about to be let in; until `entered` says so, changes of its person's memberships are watched for. */
  enter(socket: UserSocket): void {
    const userId = socket.data.actor.id;
    this.entering.set(userId, (this.entering.get(userId) ?? new Set()).add(socket));
    // It may never come in: refused, or gone before it was let in.
    socket.conn.once('close', () => this.entered(socket));
  }

  /** Lets a socket into the room of a chat that its person is in. */
  async join(socket: UserSocket, chatId: string, version: number): Promise<void> {
    this.feed.track(chatId, version);
    await socket.join(rooms.chat(chatId));
  }

  /** Whether the rooms that were looked up for an entering socket are still the right ones. */
  entered(socket: UserSocket): boolean {
    const userId = socket.data.actor.id;
    const sockets = this.entering.get(userId);
    const stillThere = sockets?.delete(socket) ?? false;
    if (sockets?.size === 0) this.entering.delete(userId);
    return stillThere;
  }

  private tell({ chatId, change }: ChatChanged): Promise<void> | void {
    if (change.kind === 'message') return this.tellMessage(chatId, change);
    if (change.kind === 'created') return this.letIn(chatId, change.userIds);
    return this.tellUpdate(chatId, change);
  }

  private tellMessage(chatId: string, { event, message, hiddenFrom }: MessageChange): void {
    const { status: _forTheSenderOnly, ...shared } = message;
    const everybody = this.server.to(rooms.chat(chatId));
    if (event !== 'sent') {
      const { userIds, memberCount } = hiddenFrom ?? { userIds: [], memberCount: 0 };
      const newcomers = userIds.map(rooms.user);
      everybody.except(newcomers).emit(event === 'edited' ? 'message:edited' : 'message:unsent', shared);
      if (newcomers.length > 0) {
        this.server.to(newcomers).emit('chat:updated', { chatId, version: message.version, memberCount });
      }
    } else if (message.type === 'system') {
      everybody.emit('message:received', shared);
    } else {
      everybody.except(rooms.user(message.senderId)).emit('message:received', shared);
      this.server.to(rooms.user(message.senderId)).emit('message:sent', { ...shared, status: 'sent' });
    }
  }

  private async tellUpdate(chatId: string, { update, joined, left }: UpdatedChange): Promise<void> {
    for (const { userId, reason } of left) {
      this.forgetEntering(userId);
      this.server.in(rooms.user(userId)).socketsLeave(rooms.chat(chatId));
      this.server.to(rooms.user(userId)).emit('chat:removed', { chatId, reason });
    }
    this.server.to(rooms.chat(chatId)).emit('chat:updated', update);
    await this.letIn(chatId, joined);
  }

  /** Gives newcomers the chat as it stands for them, then its further changes. */
  private async letIn(chatId: string, userIds: readonly string[]): Promise<void> {
    for (const userId of userIds) {
      this.forgetEntering(userId);
      if (!this.isConnected(userId)) continue;
      const [chat] = await this.view.toChats(userId, await this.list.byIds(userId, [chatId]));
      if (chat === undefined) continue;
      this.server.to(rooms.user(userId)).emit('chat:created', chat);
      this.server.in(rooms.user(userId)).socketsJoin(rooms.chat(chatId));
    }
  }

  private tellPosition({ chatId, userId, status, seq, messageId, visibleToOthers }: PositionMoved): void {
    const audience = visibleToOthers ? [rooms.user(userId), rooms.chat(chatId)] : [rooms.user(userId)];
    this.server.to(audience).emit('message:status', { chatId, userId, status, seq, messageId });
  }

  private newcomers(change: ChatChange): readonly string[] {
    if (change.kind === 'created') return change.userIds;
    return change.kind === 'updated' ? change.joined : [];
  }

  /** Whether the person has a socket on this server: each server tells its own. */
  private isConnected(userId: string): boolean {
    return this.server.of('/').adapter.rooms.has(rooms.user(userId));
  }

  private forgetEntering(userId: string): void {
    this.entering.delete(userId);
  }
}
