// The Redis that several nodes need: the system's own, since no package ships one.
import { existsSync } from 'node:fs';
import { step } from './progress.mjs';
import { run } from './run.mjs';

const REDIS = '/usr/bin/redis-server';
const FOLDERS = ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'];

/** Installs Redis where that is possible. @returns {Promise<void>} @throws {Error} with what to do, where it is not */
export async function ensureRedis() {
  if (FOLDERS.some((folder) => existsSync(`${folder}/redis-server`))) return;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Error(
      `Several nodes need ${REDIS}. Install it (on Debian: sudo apt-get install redis-server) and try again, or use one node.`,
    );
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await step('installing Redis', async () => {
    await run('apt-get', ['update', '-qq'], { env });
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'redis-server'], { env });
  });
}
