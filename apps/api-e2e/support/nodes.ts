import { databaseUrl } from './database.js';
import { RedisServer } from './redis.js';
import { type Environment, startServer, type TestServer } from './server.js';

/** Secrets that all nodes share, as they would in an installation. */
const SECRETS = {
  JWT_SECRET: 'the secret that all nodes of the tests sign with',
  ENCRYPTION_KEY: 'the key that all nodes of the tests encrypt with',
};

/** Several servers on one database and one Redis. */
export interface Nodes {
  readonly redis: RedisServer;
  readonly nodes: readonly TestServer[];
  /** Ends everything and deletes its data. */
  destroy(): Promise<void>;
}

/** Starts servers of one process each, the first of which brings the database. @param env of all of them */
export async function startNodes(count: number, env: Environment = {}): Promise<Nodes> {
  const redis = await RedisServer.start();
  const keeper = await startServer({ ...SECRETS });
  const shared = { ...SECRETS, REDIS_URL: redis.url, WORKERS: '1', DATABASE_URL: databaseUrl(keeper), ...env };
  const nodes: TestServer[] = [];
  const destroy = async (): Promise<void> => {
    await Promise.all(nodes.map((node) => node.destroy()));
    await keeper.destroy();
    await redis.destroy();
  };
  try {
    nodes.push(...(await Promise.all(Array.from({ length: count }, () => startServer(shared)))));
  } catch (error) {
    await destroy();
    throw error;
  }
  return { redis, nodes, destroy };
}
