import { Global, Module } from '@nestjs/common';
import { REDIS } from '../redis/redis.module.js';
import type { RedisConnections } from '../redis/redis-connections.js';
import { NodeLink } from './node-link.js';
import { ProcessLink } from './process-link.js';
import { RedisLink } from './redis-link.js';

@Global()
@Module({
  providers: [
    {
      provide: NodeLink,
      inject: [REDIS],
      useFactory: (redis: RedisConnections | undefined): NodeLink =>
        redis === undefined ? new ProcessLink() : new RedisLink(redis),
    },
  ],
  exports: [NodeLink],
})
export class NodesModule {}
