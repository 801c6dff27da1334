import { Global, Module } from '@nestjs/common';
import { Config } from '../config/config.js';
import { RedisConnections } from './redis-connections.js';

/** The connections to Redis. An injection token: undefined where no Redis is configured, which decides between the adapters of ports. */
export const REDIS = Symbol('REDIS');

@Global()
@Module({
  providers: [
    {
      provide: REDIS,
      inject: [Config],
      useFactory: async ({ redis }: Config): Promise<RedisConnections | undefined> => {
        if (redis === undefined) return undefined;
        const connections = new RedisConnections(redis);
        await connections.settle();
        return connections;
      },
    },
  ],
  exports: [REDIS],
})
export class RedisModule {}
