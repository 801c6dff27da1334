import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import {
  type ChatChange,
  type ChatChanged,
  ChatListRepository,
  ChatView,
  type DepartedMember,
  type HeldChat,
  joinedBy,
  type MemberKey,
  type PersonalUpdate,
} from '../chats/index.js';
import { ChangeExchange } from './change-exchange.js';
import { ChangeFeed } from './change-feed.js';
import { type JournalListener, JournalWatch } from './journal-watch.js';
import { MissedChangesRepository } from './missed-changes.repository.js';
import { PositionBroadcaster } from './position-broadcaster.js';
import { UpdateSights } from './update-sights.js';
import { type ChatrServer, rooms, type UserSocket } from './user-socket.js';
import { messageForAll, messageForSender } from './wire-json.js';

type MessageChange = Extract<ChatChange, { kind: 'message' }>;
type UpdatedChange = Extract<ChatChange, { kind: 'updated' }>;

/** How often chats that nobody here is in any more are forgotten. */
const TIDY_MS = 5_000;
/** Longer than the feed takes to read what it missed. */
const LET_IN_MS = 4_000;
/** People who are let into a chat at the same time. */
const LET_IN_AT_ONCE = 4;

/**
 * Tells what is committed in chats, on whichever node, to the sockets of their members on this one: each node emits every chat's
 * changes itself, in their order.
 */
@Injectable()
export class ChatBroadcaster implements JournalListener, OnApplicationShutdown {
  private readonly logger = new Logger(ChatBroadcaster.name);
  private server: ChatrServer;
  private readonly feed: ChangeFeed;
  /** Sockets whose rooms are being looked up: what changes for their people meanwhile would be missed. */
  private readonly entering = new Map<string, Set<UserSocket>>();
  /** Chats that nobody here was in at some moment: somebody may just be let in. */
  private readonly emptied = new Set<string>();
  private tidying: NodeJS.Timeout | undefined;

  constructor(
    private readonly list: ChatListRepository,
    private readonly view: ChatView,
    private readonly missed: MissedChangesRepository,
    private readonly exchange: ChangeExchange,
    private readonly journal: JournalWatch,
    private readonly positions: PositionBroadcaster,
    private readonly sights: UpdateSights,
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
      if (chatId !== undefined) this.emptied.add(chatId);
    });
    this.tidying = setInterval(() => this.tidy(), TIDY_MS).unref();
    this.exchange.listen(
      (change) => this.feed.accept(change),
      (chatId) => this.feed.follows(chatId),
    );
    this.journal.start(this);
    this.positions.attach(server, (chatId) => this.feed.follows(chatId));
  }

  onApplicationShutdown(): void {
    clearInterval(this.tidying);
  }

  heads(): ReadonlyMap<string, number> {
    return this.feed.heads();
  }

  reached(chatId: string, version: number): void {
    this.feed.expect(chatId, version);
  }

  /** Where the chat is followed, its feed finds out who joined, and lets them in; else nobody here was in it until now. */
  joined(chatId: string, userIds: readonly string[]): void {
    const outside = userIds.filter((userId) => this.isOutside(userId, chatId));
    const [first] = outside;
    if (first === undefined) return;
    if (this.feed.follows(chatId)) {
      setTimeout(
        () => this.letReconnect(outside.filter((userId) => this.isOutside(userId, chatId))),
        LET_IN_MS,
      ).unref();
      return;
    }
    this.list.byIds(first, [chatId]).then(
      ([chat]) => {
        if (chat === undefined || this.feed.follows(chatId)) return;
        this.feed.trackAfter(chatId, chat.version, () => this.letIn(chatId, outside));
      },
      () => this.letReconnect(outside),
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
  async join(socket: UserSocket, { chatId, version, withdrawn }: HeldChat): Promise<void> {
    this.feed.track(chatId, version);
    await socket.join(withdrawn ? [rooms.chat(chatId), rooms.withdrawn(chatId)] : rooms.chat(chatId));
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
    const newcomers = hiddenFrom?.userIds.map(rooms.user) ?? [];
    let everybody = this.server.local.to(rooms.chat(chatId));
    if (hiddenFrom !== undefined && newcomers.length > 0) {
      const { memberCount } = hiddenFrom;
      this.server.local.to(newcomers).emit('chat:updated', { chatId, version: message.version, memberCount });
      everybody = everybody.except(newcomers);
    }
    if (event !== 'sent') {
      everybody.emit(event === 'edited' ? 'message:edited' : 'message:unsent', forAll);
    } else if (message.type === 'system') {
      everybody.emit('message:received', forAll);
    } else {
      everybody.except(rooms.user(message.senderId)).emit('message:received', forAll);
      this.server.local.to(rooms.user(message.senderId)).emit('message:sent', messageForSender(shared, 'sent'));
    }
  }

  /** Somebody is no longer in a chat, on whichever device. */
  letOut(chatId: string, { userId, reason }: DepartedMember): void {
    this.forgetEntering(userId);
    this.server.local.in(rooms.user(userId)).socketsLeave([rooms.chat(chatId), rooms.withdrawn(chatId)]);
    this.server.local.to(rooms.user(userId)).emit('chat:removed', { chatId, reason });
  }

  private async tellUpdate(chatId: string, { update, joined, left, personal = [] }: UpdatedChange): Promise<void> {
    for (const departed of left) this.letOut(chatId, departed);
    for (const own of personal) if (!joined.includes(own.userId)) this.tellPersonally(chatId, own);
    const sights = await this.sights.of(update);
    for (const { userId, update: seen } of sights) this.server.local.to(rooms.user(userId)).emit('chat:updated', seen);
    const told = [...personal, ...sights].map(({ userId }) => rooms.user(userId));
    this.server.local.to(rooms.chat(chatId)).except(told).emit('chat:updated', update);
    await this.letIn(chatId, joined);
  }

  private tellPersonally(chatId: string, { userId, update, withdrawn }: PersonalUpdate): void {
    const sockets = this.server.local.in(rooms.user(userId));
    // Those whose rooms are being looked up may have been looked up before this.
    this.forgetEntering(userId);
    if (withdrawn) sockets.socketsJoin(rooms.withdrawn(chatId));
    else sockets.socketsLeave(rooms.withdrawn(chatId));
    this.server.local.to(rooms.user(userId)).emit('chat:updated', update);
  }

  /** Gives newcomers the chat as it stands for them, then its further changes. */
  private async letIn(chatId: string, userIds: readonly string[]): Promise<void> {
    for (let next = 0; next < userIds.length; next += LET_IN_AT_ONCE) {
      await Promise.all(userIds.slice(next, next + LET_IN_AT_ONCE).map((userId) => this.letOneIn(chatId, userId)));
    }
    if (!this.hasRoom(chatId)) this.emptied.add(chatId);
  }

  private async letOneIn(chatId: string, userId: string): Promise<void> {
    this.forgetEntering(userId);
    if (!this.isConnected(userId)) return;
    try {
      const [chat] = await this.view.toChats(userId, await this.list.byIds(userId, [chatId]));
      if (chat === undefined) return;
      this.server.local.to(rooms.user(userId)).emit('chat:created', chat);
      // Who is asked shows nothing of themselves before they have accepted.
      const own = chat.request ? [rooms.chat(chatId), rooms.withdrawn(chatId)] : rooms.chat(chatId);
      this.server.local.in(rooms.user(userId)).socketsJoin(own);
    } catch (error) {
      this.logger.warn({ err: error, chatId, userId }, 'somebody was not let into a chat, and has to connect again');
      this.letReconnect([userId]);
    }
  }

  /** Ends the connections of people here who are not in the rooms that are theirs: they come back into the right ones. */
  private letReconnect(userIds: readonly string[]): void {
    if (userIds.length > 0) this.server.local.in(userIds.map(rooms.user)).disconnectSockets(true);
  }

  private tidy(): void {
    for (const chatId of this.emptied) if (!this.hasRoom(chatId)) this.feed.untrack(chatId);
    this.emptied.clear();
  }

  private hasRoom(chatId: string): boolean {
    return this.server.of('/').adapter.rooms.has(rooms.chat(chatId));
  }

  /** Whether the person has a socket here that is not in the chat's room. */
  private isOutside(userId: string, chatId: string): boolean {
    const { adapter } = this.server.of('/');
    const inside = adapter.rooms.get(rooms.chat(chatId));
    return [...(adapter.rooms.get(rooms.user(userId)) ?? [])].some((socketId) => inside?.has(socketId) !== true);
  }

  /** Whether the person has a socket on this server: each server tells its own. */
  private isConnected(userId: string): boolean {
    return this.server.of('/').adapter.rooms.has(rooms.user(userId));
  }

  private forgetEntering(userId: string): void {
    this.entering.delete(userId);
  }
}
