// `npm run faults [-- --minutes 2 --seed N --nodes 2]`: breaks a whole installation at random and looks whether what is
// promised holds (faults/README.md).
import { join } from 'node:path';
import { buildWhenStale } from './launcher/build.mjs';
import { installWhenStale } from './launcher/install.mjs';
import { continueUnderOwnNode } from './launcher/node.mjs';
import { ensureRedis } from './launcher/redis.mjs';
import { fail, root, run } from './launcher/run.mjs';

const options = process.argv.slice(2);

try {
  await installWhenStale();
  await continueUnderOwnNode();
  await buildWhenStale();
  const withoutRedis = /--redis[= ]off|--nodes[= ]1\b/.test(options.join(' '));
  if (!withoutRedis) await ensureRedis();
  // Ctrl-C comes to the run by itself, which has something to end.
  process.on('SIGINT', () => undefined);
  await run(process.execPath, ['--import', 'tsx', join('faults', 'main.ts'), ...options], {
    env: { ...process.env, TSX_TSCONFIG_PATH: join(root, 'faults', 'tsconfig.json') },
  });
} catch (error) {
  fail(error);
}
