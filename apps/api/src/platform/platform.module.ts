import { Global, Module } from '@nestjs/common';
import { DomainEvents } from './events/domain-events.js';
import { HealthController } from './health/health.controller.js';
import { Readiness } from './health/readiness.js';
import { OwnDataParts } from './own-data/own-data-parts.js';
import { RegistrationSetting } from './registration/registration-setting.js';
import { ServerInfoController } from './server-info/server-info.controller.js';

/** What every module stands on. Mail, throttles and the database bring modules of their own. */
@Global()
@Module({
  controllers: [HealthController, ServerInfoController],
  providers: [DomainEvents, OwnDataParts, Readiness, RegistrationSetting],
  exports: [DomainEvents, OwnDataParts, Readiness, RegistrationSetting],
})
export class PlatformModule {}
