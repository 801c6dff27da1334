import { setTimeout as sleep } from 'node:timers/promises';
import getPort from 'get-port';
import { Redis } from 'ioredis';
import { RedisServer } from './redis-server.js';

const SLOTS = 16_384;
const SIZE = 3;
const FORMED_MS = 20_000;

/** A Redis cluster of a test's own: three nodes, which share the keys and keep nothing. */
export class RedisCluster {
  private constructor(readonly nodes: readonly RedisServer[]) {}

  static async start(): Promise<RedisCluster> {
    const busPorts = await Promise.all(Array.from({ length: SIZE }, () => getPort()));
    const nodes = await Promise.all(
      busPorts.map((busPort) =>
        RedisServer.start({ 'cluster-enabled': 'yes', 'cluster-node-timeout': 2_000, 'cluster-port': busPort }),
      ),
    );
    const clients = nodes.map(({ url }) => new Redis(url));
    try {
      for (const [index, client] of clients.entries()) {
        const [from, to] = [Math.ceil((index * SLOTS) / SIZE), Math.ceil(((index + 1) * SLOTS) / SIZE) - 1];
        await client.call('CLUSTER', 'ADDSLOTSRANGE', from, to);
        await client.call('CLUSTER', 'SET-CONFIG-EPOCH', index + 1);
        await client.call('CLUSTER', 'MEET', '127.0.0.1', nodes[0]?.port ?? 0, busPorts[0] ?? 0);
      }
      const deadline = Date.now() + FORMED_MS;
      for (const client of clients) {
        while (!String(await client.call('CLUSTER', 'INFO')).includes('cluster_state:ok')) {
          if (Date.now() > deadline) throw new Error('the Redis cluster did not form in time');
          await sleep(50);
        }
      }
    } finally {
      for (const client of clients) client.disconnect();
    }
    return new RedisCluster(nodes);
  }

  get urls(): string[] {
    return this.nodes.map(({ url }) => url);
  }

  async destroy(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.destroy()));
  }
}
