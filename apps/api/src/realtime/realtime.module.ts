import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/index.js';
import { ChatsModule } from '../chats/index.js';
import { MessagesModule } from '../messages/index.js';
import { PresenceModule } from '../presence/index.js';
import { SyncModule } from '../sync/index.js';
import { UsersModule } from '../users/index.js';
import { Backpressure } from './backpressure.js';
import { ChangeExchange } from './change-exchange.js';
import { ChatBroadcaster } from './chat-broadcaster.js';
import { Drain } from './drain.js';
import { EndedSessions } from './ended-sessions.js';
import { JournalWatch } from './journal-watch.js';
import { MissedChangesRepository } from './missed-changes.repository.js';
import { PeopleBroadcaster } from './people-broadcaster.js';
import { PresenceRefresh } from './presence-refresh.js';
import { RealtimeGateway } from './realtime.gateway.js';
import { PositionBroadcaster } from './position-broadcaster.js';
import { SendOrder } from './send-order.js';
import { SocketAccess } from './socket-access.js';
import { StandingBroadcaster } from './standing-broadcaster.js';
import { UpdateSights } from './update-sights.js';

@Module({
  imports: [AuthModule, ChatsModule, MessagesModule, PresenceModule, SyncModule, UsersModule],
  providers: [
    RealtimeGateway,
    Backpressure,
    ChatBroadcaster,
    ChangeExchange,
    PositionBroadcaster,
    JournalWatch,
    PeopleBroadcaster,
    PresenceRefresh,
    Drain,
    EndedSessions,
    MissedChangesRepository,
    SendOrder,
    StandingBroadcaster,
    UpdateSights,
    SocketAccess,
  ],
  exports: [Drain],
})
export class RealtimeModule {}
