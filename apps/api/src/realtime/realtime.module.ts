import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/index.js';
import { ChatsModule } from '../chats/index.js';
import { MessagesModule } from '../messages/index.js';
import { PresenceModule } from '../presence/index.js';
import { SyncModule } from '../sync/index.js';
import { Broadcaster } from './broadcaster.js';
import { Drain } from './drain.js';
import { MissedChangesRepository } from './missed-changes.repository.js';
import { RealtimeGateway } from './realtime.gateway.js';
import { SendOrder } from './send-order.js';
import { SocketAccess } from './socket-access.js';

@Module({
  imports: [AuthModule, ChatsModule, MessagesModule, PresenceModule, SyncModule],
  providers: [RealtimeGateway, Broadcaster, Drain, MissedChangesRepository, SendOrder, SocketAccess],
  exports: [Drain],
})
export class RealtimeModule {}
