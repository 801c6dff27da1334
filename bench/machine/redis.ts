import { existsSync } from 'node:fs';
import getPort from 'get-port';
import { LOAD_CORE } from './cores.js';
import { listens, Program } from './program.js';

const REDIS = '/usr/bin/redis-server';

export interface Redis {
  url: string;
  stop(): Promise<void>;
}

/** @throws Error with what to do when there is none */
export async function startRedis(): Promise<Redis> {
  if (!existsSync(REDIS))
    throw new Error(`There is no ${REDIS}: install it (on Debian: sudo apt-get install redis-server).`);
  const port = await getPort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const program = Program.start('Redis', REDIS, args, { core: LOAD_CORE, cwd: '/tmp' });
  await program.ready(() => listens(port));
  return { url: `redis://127.0.0.1:${port}`, stop: () => program.stop() };
}
