import { createHash } from 'node:crypto';
import type { RedisClient } from './redis-clients.js';

/** A Lua script that Redis runs in one piece, on one key: so it works on every node of a cluster. */
export class RedisScript {
  private readonly hash: string;

  constructor(private readonly lua: string) {
    this.hash = createHash('sha1').update(lua).digest('hex');
  }

  /** @returns whatever the script returns */
  async run(client: RedisClient, key: string, ...parameters: (string | number)[]): Promise<unknown> {
    try {
      return await client.evalsha(this.hash, 1, key, ...parameters);
    } catch (error) {
      // A Redis that was just started, or another one after a failover.
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
      return client.eval(this.lua, 1, key, ...parameters);
    }
  }
}
