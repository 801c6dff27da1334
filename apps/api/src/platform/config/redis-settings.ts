import type { EnvironmentReader } from './environment-reader.js';

/** How to reach Redis. */
export interface RedisSettings {
  /** One address, or several nodes of one cluster. All speak TLS or none does. */
  urls: readonly string[];
  /** Whether it is a Redis cluster, whose keys are spread over its nodes. */
  cluster: boolean;
  /** What every key and channel begins with, so that several installations may share one Redis. */
  prefix: string;
}

const PREFIX = /^[a-z0-9][a-z0-9_.-]{0,31}$/i;

/** REDIS_URL and REDIS_PREFIX; undefined where no Redis is given. */
export function readRedis(read: EnvironmentReader): RedisSettings | undefined {
  const prefix = read.text('REDIS_PREFIX') ?? 'chatr';
  if (!PREFIX.test(prefix)) read.refuse('REDIS_PREFIX', 'must be at most 32 letters, digits, dots, dashes');
  const urls = read.urls('REDIS_URL', ['redis:', 'rediss:']);
  const [first] = urls;
  if (first === undefined) return undefined;
  if (new Set(urls.map((url) => new URL(url).protocol)).size > 1) {
    read.refuse('REDIS_URL', 'must not mix redis:// and rediss://: the nodes of one cluster are all reached alike');
  }
  return { urls, cluster: urls.length > 1 || isMarkedAsCluster(first), prefix };
}

/** `redis://host?cluster=true`: one address that leads to all nodes of a cluster. */
function isMarkedAsCluster(url: string): boolean {
  return new URL(url).searchParams.get('cluster') === 'true';
}
