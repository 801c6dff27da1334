import { Module } from '@nestjs/common';
import { ChatsModule } from '../chats/index.js';
import { REDIS, type RedisConnections } from '../platform/index.js';
import { UsersModule } from '../users/index.js';
import { ConnectionRegistry } from './connection-registry.js';
import { LastSeenRepository } from './last-seen.repository.js';
import { PresenceStore } from './presence-store.js';
import { PresenceOwnData } from './presence-own-data.js';
import { PresenceService } from './presence.service.js';
import { ProcessPresence } from './process-presence.js';
import { RedisPresence } from './redis-presence.js';

@Module({
  imports: [ChatsModule, UsersModule],
  providers: [
    PresenceService,
    ConnectionRegistry,
    LastSeenRepository,
    PresenceOwnData,
    {
      provide: PresenceStore,
      inject: [REDIS],
      useFactory: (redis: RedisConnections | undefined): PresenceStore =>
        redis === undefined ? new ProcessPresence() : new RedisPresence(redis),
    },
  ],
  exports: [PresenceService],
})
export class PresenceModule {}
