import { Global, Module } from '@nestjs/common';
import { Config } from '../config/config.js';
import { NoThrottle } from './no-throttle.js';
import { ProcessThrottle } from './process-throttle.js';
import { Throttle } from './throttle.js';

@Global()
@Module({
  providers: [
    {
      provide: Throttle,
      inject: [Config],
      useFactory: (config: Config): Throttle => (config.rateLimits ? new ProcessThrottle() : new NoThrottle()),
    },
  ],
  exports: [Throttle],
})
export class ThrottleModule {}
