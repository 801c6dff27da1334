import { UseFilters } from '@nestjs/common';
import {
  ConnectedSocket,
  MessageBody,
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  type OnGatewayInit,
  SubscribeMessage,
  WebSocketGateway,
} from '@nestjs/websockets';
import type { Ack } from '@chatr/contracts';
import type { MessageDto } from '../chats/index.js';
import { MessagesService, ReadPositionsService } from '../messages/index.js';
import { ProblemError } from '../platform/index.js';
import { type PresenceDto, PresenceService } from '../presence/index.js';
import { type SyncDto, SyncRequestDto, SyncService } from '../sync/index.js';
import { Backpressure } from './backpressure.js';
import { ChatBroadcaster } from './chat-broadcaster.js';
import { Drain } from './drain.js';
import {
  ChatEventDto,
  EditEventDto,
  PositionEventDto,
  RenewEventDto,
  SendEventDto,
  UnsendEventDto,
} from './event.dto.js';
import { EventProblemFilter } from './event-problem.filter.js';
import { parsePresence, parseReadEvent, parseUserIds } from './event-parsing.js';
import { PeopleBroadcaster } from './people-broadcaster.js';
import { SendOrder } from './send-order.js';
import { SocketAccess } from './socket-access.js';
import { StandingBroadcaster } from './standing-broadcaster.js';
import { type ChatrServer, rooms, type UserSocket } from './user-socket.js';
import { sentAnswer } from './wire-json.js';

/** The socket's side of the API: parses, delegates, acknowledges. */
@WebSocketGateway()
@UseFilters(EventProblemFilter)
export class RealtimeGateway implements OnGatewayInit, OnGatewayConnection, OnGatewayDisconnect {
  constructor(
    private readonly access: SocketAccess,
    private readonly broadcaster: ChatBroadcaster,
    private readonly people: PeopleBroadcaster,
    private readonly standing: StandingBroadcaster,
    private readonly drain: Drain,
    private readonly presence: PresenceService,
    private readonly order: SendOrder,
    private readonly backpressure: Backpressure,
    private readonly messages: MessagesService,
    private readonly positions: ReadPositionsService,
    private readonly synchronisation: SyncService,
  ) {}

  afterInit(server: ChatrServer): void {
    server.use((socket, next) => this.access.admit(socket, next));
    this.broadcaster.attach(server);
    this.people.attach(server);
    this.standing.attach(server);
    this.drain.attach(server);
  }

  handleConnection(socket: UserSocket): void {
    // Its memberships changed while its rooms were looked up: the client connects again, into the right ones.
    if (!this.broadcaster.entered(socket)) {
      socket.disconnect(true);
      return;
    }
    const { actor } = socket.data;
    this.access.confirm(socket);
    this.presence.connected(actor.id, socket.id);
    void this.presence.contacts(actor).then(
      (users) => socket.emit('presence:update', { users }),
      // The client asks again when it needs to know; the connection is worth more than this list.
      () => undefined,
    );
  }

  handleDisconnect(socket: UserSocket): void {
    this.access.unwatch(socket);
    this.presence.disconnected(socket.data.actor.id, socket.id);
  }

  @SubscribeMessage('message:send')
  async send(
    @ConnectedSocket() socket: UserSocket,
    @MessageBody() draft: SendEventDto,
  ): Promise<Ack<{ message: MessageDto; replayed?: boolean }>> {
    const sending = this.order.send(socket.data, draft);
    this.backpressure.taken(socket);
    const { shared, replayed } = await sending;
    return sentAnswer(shared, replayed);
  }

  @SubscribeMessage('message:edit')
  async edit(
    @ConnectedSocket() { data }: UserSocket,
    @MessageBody() { messageId, content }: EditEventDto,
  ): Promise<{ message: MessageDto }> {
    return { message: await this.messages.edit(data.actor, messageId, content) };
  }

  @SubscribeMessage('message:unsend')
  async unsend(
    @ConnectedSocket() { data }: UserSocket,
    @MessageBody() { messageId }: UnsendEventDto,
  ): Promise<{ message: MessageDto }> {
    return { message: await this.messages.unsend(data.actor, messageId) };
  }

  @SubscribeMessage('message:delivered')
  async delivered(
    @ConnectedSocket() { data }: UserSocket,
    @MessageBody() { chatId, seq }: PositionEventDto,
  ): Promise<void> {
    await this.positions.delivered(data.actor, chatId, seq);
  }

  @SubscribeMessage('message:read')
  async read(@ConnectedSocket() { data }: UserSocket, @MessageBody() body: unknown): Promise<void> {
    const position = parseReadEvent(body);
    if (typeof position === 'string') await this.positions.readMessage(data.actor, position);
    else await this.positions.read(data.actor, position.chatId, position.seq);
  }

  @SubscribeMessage('typing:start')
  startTyping(@ConnectedSocket() socket: UserSocket, @MessageBody() { chatId }: ChatEventDto): void {
    tellTyping(socket, chatId, true);
  }

  @SubscribeMessage('typing:stop')
  stopTyping(@ConnectedSocket() socket: UserSocket, @MessageBody() { chatId }: ChatEventDto): void {
    tellTyping(socket, chatId, false);
  }

  @SubscribeMessage('presence:set')
  setPresence(@ConnectedSocket() socket: UserSocket, @MessageBody() body: unknown): void {
    this.presence.setStatus(socket.data.actor.id, socket.id, parsePresence(body));
  }

  @SubscribeMessage('presence:request')
  async requestPresence(
    @ConnectedSocket() { data }: UserSocket,
    @MessageBody() body: unknown,
  ): Promise<{ users: PresenceDto[] }> {
    return { users: await this.presence.of(data.actor, parseUserIds(body)) };
  }

  @SubscribeMessage('auth:renew')
  async renew(@ConnectedSocket() socket: UserSocket, @MessageBody() { token }: RenewEventDto): Promise<void> {
    await this.access.renew(socket, token);
  }

  @SubscribeMessage('sync')
  sync(@ConnectedSocket() { data }: UserSocket, @MessageBody() request: SyncRequestDto): Promise<SyncDto> {
    return this.synchronisation.sync(data.actor, request);
  }
}

/** A socket is in the rooms of its person's chats, and leaves them with the membership: its rooms say where it may speak. */
function tellTyping(socket: UserSocket, chatId: string, isTyping: boolean): void {
  if (!socket.rooms.has(rooms.chat(chatId))) throw new ProblemError('not_a_member');
  if (socket.rooms.has(rooms.withdrawn(chatId))) return;
  const { id: userId } = socket.data.actor;
  socket.to(rooms.chat(chatId)).except(rooms.user(userId)).emit('typing:status', { chatId, userId, isTyping });
}
