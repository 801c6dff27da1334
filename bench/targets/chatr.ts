import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startNodeServer } from './node-server.js';
import { seedChatr } from './chatr-seed.js';
import type { Target } from './target.js';
import { JWT_SECRET } from './tokens.js';

/** Another build can be measured than that of this folder: an earlier one, or one with a change. */
const MAIN = process.env['CHATR_MAIN'] ?? fileURLToPath(new URL('../../apps/api/dist/main.js', import.meta.url));

export const chatr: Target = {
  name: 'chatr',
  description: 'this server, as it is built',
  scenarios: ['dm-closed', 'dm-open', 'fan-out', 'idle', 'history', 'sync-storm', 'mixed', 'workers'],
  unavailable: () => (existsSync(MAIN) ? undefined : `There is no ${MAIN}: build it with \`npm run build\`.`),
  start: async (ground, plan) => {
    const { databaseUrl, folder, redisUrl, workers } = ground;
    const env = {
      DATABASE_URL: databaseUrl,
      DATA_DIR: folder,
      JWT_SECRET,
      ENCRYPTION_KEY: randomBytes(32).toString('hex'),
      RATE_LIMITS: 'off',
      LOG_LEVEL: 'warn',
      DRAIN_MS: '0',
      ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
      ...(workers === undefined ? {} : { WORKERS: String(workers) }),
    };
    const { program, port, inspectPort } = await startNodeServer('chatr', MAIN, env, isReady);
    return {
      protocol: 'socket.io',
      port,
      inspectPort,
      databaseUrl,
      // The schema is there by now: the server brings it up to date before it is ready.
      world: await seedChatr(databaseUrl, plan),
      pid: program.pid,
      stop: () => program.stop(),
    };
  },
};

async function isReady(port: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/health/ready`).catch(() => undefined);
  return answer?.ok === true;
}
