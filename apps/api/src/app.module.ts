import { type DynamicModule, Module } from '@nestjs/common';
import { type Config, ConfigModule, DatabaseModule, PlatformModule } from './platform/index.js';
import { entities } from './migrations/index.js';

@Module({})
export class AppModule {
  static with(config: Config, databaseUrl: string): DynamicModule {
    return {
      module: AppModule,
      imports: [ConfigModule.with(config), DatabaseModule.with({ url: databaseUrl, entities }), PlatformModule],
    };
  }
}
