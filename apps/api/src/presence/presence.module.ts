import { Module } from '@nestjs/common';
import { ChatsModule } from '../chats/index.js';
import { ConnectionRegistry } from './connection-registry.js';
import { LastSeenRepository } from './last-seen.repository.js';
import { PresenceService } from './presence.service.js';

@Module({
  imports: [ChatsModule],
  providers: [PresenceService, ConnectionRegistry, LastSeenRepository],
  exports: [PresenceService],
})
export class PresenceModule {}
