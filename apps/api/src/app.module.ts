import { type DynamicModule, Module } from '@nestjs/common';
import { AuditModule } from './audit/index.js';
import { AuthModule, MailPreviewModule } from './auth/index.js';
import { BlocksModule } from './blocks/index.js';
import { ChatsModule } from './chats/index.js';
import { GroupsModule } from './groups/index.js';
import { MessagesModule } from './messages/index.js';
import { entities } from './migrations/index.js';
import {
  type Config,
  ConfigModule,
  DatabaseModule,
  MailModule,
  NodesModule,
  PlatformModule,
  RedisModule,
  SmsModule,
  ThrottleModule,
} from './platform/index.js';
import { OwnDataModule } from './own-data/index.js';
import { PresenceModule } from './presence/index.js';
import { RealtimeModule } from './realtime/index.js';
import { SyncModule } from './sync/index.js';
import { UsersModule } from './users/index.js';

@Module({})
export class AppModule {
  static with(config: Config, databaseUrl: string): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.with(config),
        DatabaseModule.with({ url: databaseUrl, entities }),
        PlatformModule,
        RedisModule,
        MailModule.with(config),
        SmsModule.with(config),
        NodesModule,
        ThrottleModule,
        AuditModule,
        UsersModule,
        AuthModule,
        MailPreviewModule.with(config),
        ChatsModule,
        BlocksModule,
        MessagesModule,
        GroupsModule,
        PresenceModule,
        SyncModule,
        OwnDataModule,
        RealtimeModule,
      ],
    };
  }
}
