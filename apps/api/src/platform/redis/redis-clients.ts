import { Cluster, type ClusterOptions, Redis, type RedisOptions } from 'ioredis';
import type { RedisSettings } from '../config/redis-settings.js';

/** One Redis or a cluster; the commands that Chatr uses are the same, as each of them touches one key. */
export type RedisClient = Redis | Cluster;

const CONNECT_TIMEOUT_MS = 3_000;
/** Whoever waits for Redis waits for something that must be quick or not at all. */
const COMMAND_TIMEOUT_MS = 1_000;
const KEEP_ALIVE_MS = 10_000;
const MAX_RETRY_MS = 1_000;
/** What a cluster passes on from node to node while it fails over. */
const REDIRECTIONS = 5;

/**
 * For commands and for publishing. While Redis is away commands fail at once: nothing waits for it, and nothing that is out of
 * date by then is sent when it is back.
 */
export function commandClient(settings: RedisSettings): RedisClient {
  return connect(settings, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: COMMAND_TIMEOUT_MS,
  });
}

/** For hearing what is published. Its only commands are subscriptions, which wait until they can be made, and are made again after a break. */
export function subscriberClient(settings: RedisSettings): RedisClient {
  return connect(settings, { enableOfflineQueue: true, maxRetriesPerRequest: null });
}

function connect(
  { urls, cluster }: RedisSettings,
  options: Required<Pick<RedisOptions, 'enableOfflineQueue'>> & RedisOptions,
): RedisClient {
  const common: RedisOptions = { ...options, connectTimeout: CONNECT_TIMEOUT_MS, keepAlive: KEEP_ALIVE_MS };
  const [url = ''] = urls;
  if (!cluster) return new Redis(url, { ...common, retryStrategy: retryAfter });
  const { username, password, protocol } = new URL(url);
  const secure = protocol === 'rediss:';
  const clusterOptions: ClusterOptions = {
    enableOfflineQueue: options.enableOfflineQueue,
    clusterRetryStrategy: retryAfter,
    maxRedirections: REDIRECTIONS,
    slotsRefreshTimeout: CONNECT_TIMEOUT_MS,
    redisOptions: {
      ...common,
      ...(username === '' ? {} : { username: decodeURIComponent(username) }),
      ...(password === '' ? {} : { password: decodeURIComponent(password) }),
      ...(secure ? { tls: {} } : {}),
    },
    // Certificates are made out to names: looked up here, the nodes' addresses would not match them.
    ...(secure ? { dnsLookup: (name, found) => found(null, name) } : {}),
  };
  return new Cluster([...urls].map(addressOf), clusterOptions);
}

function addressOf(url: string): { host: string; port: number } {
  const { hostname, port } = new URL(url);
  return { host: hostname, port: port === '' ? 6379 : Number(port) };
}

/** Nodes that lost the same Redis do not come back in step. */
function retryAfter(attempt: number): number {
  return Math.min(attempt * 100, MAX_RETRY_MS) * (0.75 + Math.random() / 2);
}
