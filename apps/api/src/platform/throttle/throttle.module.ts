import { Global, Module } from '@nestjs/common';
import { Config } from '../config/config.js';
import { REDIS } from '../redis/redis.module.js';
import type { RedisConnections } from '../redis/redis-connections.js';
import { NoThrottle } from './no-throttle.js';
import { ProcessThrottle } from './process-throttle.js';
import { RedisThrottle } from './redis-throttle.js';
import { Throttle } from './throttle.js';

@Global()
@Module({
  providers: [
    {
      provide: Throttle,
      inject: [Config, REDIS],
      useFactory: ({ rateLimits }: Config, redis: RedisConnections | undefined): Throttle => {
        if (!rateLimits) return new NoThrottle();
        return redis === undefined ? new ProcessThrottle() : new RedisThrottle(redis);
      },
    },
  ],
  exports: [Throttle],
})
export class ThrottleModule {}
