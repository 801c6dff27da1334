import { Injectable } from '@nestjs/common';
import {
  type ChatChange,
  type ChatChanged,
  ChatListRepository,
  ChatView,
  joinedBy,
  type MemberKey,
} from '../chats/index.js';
import { ChangeExchange } from './change-exchange.js';
import { ChangeFeed } from './change-feed.js';
import { type JournalListener, JournalWatch } from './journal-watch.js';
import { MissedChangesRepository } from './missed-changes.repository.js';
import { PositionBroadcaster } from './position-broadcaster.js';
import { type ChatrServer, rooms, type UserSocket } from './user-socket.js';
import { messageForAll, messageForSender } from './wire-json.js';

type MessageChange = Extract<ChatChange, { kind: 'message' }>;
type UpdatedChange = Extract<ChatChange, { kind: 'updated' }>;

/**
 * Tells what is committed in chats, on whichever node, to the sockets of their members on this one: each node emits every chat's
 * changes itself, in their order.
 */
@Injectable()
export class ChatBroadcaster implements JournalListener {
  private server: ChatrServer;
  private readonly feed: ChangeFeed;
  /** Sockets whose rooms are being looked up: what changes for their people meanwhile would be missed. */
  private readonly entering = new Map<string, Set<UserSocket>>();

  constructor(
    private readonly list: ChatListRepository,
    private readonly view: ChatView,
    private readonly missed: MissedChangesRepository,
    private readonly exchange: ChangeExchange,
    private readonly journal: JournalWatch,
    private readonly positions: PositionBroadcaster,
  ) {
    this.feed = new ChangeFeed({
      readMissed: (chatId, above) => this.missed.read(chatId, above),
      emit: (change) => this.tell(change),
      concernsNewcomers: ({ change }) => joinedBy(change).some((userId) => this.isConnected(userId)),
    });
  }

  /** Begins to tell events to the sockets of this server. */
  attach(server: ChatrServer): void {
    this.server = server;
    server.of('/').adapter.on('delete-room', (room: string) => {
      const chatId = rooms.chatOf(room);
      if (chatId !== undefined) this.feed.untrack(chatId);
    });
    this.exchange.listen(
      (change) => this.feed.accept(change),
      (chatId) => this.feed.follows(chatId),
    );
    this.journal.start(this);
    this.positions.attach(server, (chatId) => this.feed.follows(chatId));
  }

  heads(): ReadonlyMap<string, number> {
    return this.feed.heads();
  }

  reached(chatId: string, version: number): void {
    this.feed.expect(chatId, version);
  }

  /** Where the chat is followed, its feed reads who joined; else nobody here was in it until now. */
  joined(chatId: string, userIds: readonly string[]): void {
    const connected = userIds.filter((userId) => this.isConnected(userId));
    const [first] = connected;
    if (first === undefined || this.feed.follows(chatId)) return;
    void this.list.byIds(first, [chatId]).then(
      ([chat]) => {
        if (chat === undefined || this.feed.follows(chatId)) return;
        this.feed.trackAfter(chatId, chat.version, () => this.letIn(chatId, connected));
      },
      // The database is away: when it is back, everything is compared.
      () => undefined,
    );
  }

  moved(members: readonly MemberKey[]): void {
    this.positions.tellAgain(members);
  }

  connectedUserIds(): string[] {
    return [...this.server.of('/').adapter.rooms.keys()].flatMap((room) => rooms.userOf(room) ?? []);
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

  private tellMessage(chatId: string, { event, shared, hiddenFrom }: MessageChange): void {
    const { message } = shared;
    const forAll = messageForAll(shared);
    const everybody = this.server.local.to(rooms.chat(chatId));
    if (event !== 'sent') {
      const { userIds, memberCount } = hiddenFrom ?? { userIds: [], memberCount: 0 };
      const newcomers = userIds.map(rooms.user);
      everybody.except(newcomers).emit(event === 'edited' ? 'message:edited' : 'message:unsent', forAll);
      if (newcomers.length > 0) {
        this.server.local.to(newcomers).emit('chat:updated', { chatId, version: message.version, memberCount });
      }
    } else if (message.type === 'system') {
      everybody.emit('message:received', forAll);
    } else {
      everybody.except(rooms.user(message.senderId)).emit('message:received', forAll);
      this.server.local.to(rooms.user(message.senderId)).emit('message:sent', messageForSender(shared, 'sent'));
    }
  }

  private async tellUpdate(chatId: string, { update, joined, left }: UpdatedChange): Promise<void> {
    for (const { userId, reason } of left) {
      this.forgetEntering(userId);
      this.server.local.in(rooms.user(userId)).socketsLeave(rooms.chat(chatId));
      this.server.local.to(rooms.user(userId)).emit('chat:removed', { chatId, reason });
    }
    this.server.local.to(rooms.chat(chatId)).emit('chat:updated', update);
    await this.letIn(chatId, joined);
  }

  /** Gives newcomers the chat as it stands for them, then its further changes. */
  private async letIn(chatId: string, userIds: readonly string[]): Promise<void> {
    for (const userId of userIds) {
      this.forgetEntering(userId);
      if (!this.isConnected(userId)) continue;
      const [chat] = await this.view.toChats(userId, await this.list.byIds(userId, [chatId]));
      if (chat === undefined) continue;
      this.server.local.to(rooms.user(userId)).emit('chat:created', chat);
      this.server.local.in(rooms.user(userId)).socketsJoin(rooms.chat(chatId));
    }
  }

  /** Whether the person has a socket on this server: each server tells its own. */
  private isConnected(userId: string): boolean {
    return this.server.of('/').adapter.rooms.has(rooms.user(userId));
  }

  private forgetEntering(userId: string): void {
    this.entering.delete(userId);
  }
}
