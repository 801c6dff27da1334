// `npm run bench [-- scenario… --target a,b]`: measures the built server beside others (bench/README.md).
import { join } from 'node:path';
import { buildWhenStale } from './launcher/build.mjs';
import { installWhenStale } from './launcher/install.mjs';
import { continueUnderOwnNode } from './launcher/node.mjs';
import { fail, root, run } from './launcher/run.mjs';

try {
  await installWhenStale();
  await continueUnderOwnNode();
  // A build that was named is measured as it is.
  if (process.env.CHATR_MAIN === undefined) await buildWhenStale();
  await run(process.execPath, ['--import', 'tsx', join('bench', 'main.ts'), ...process.argv.slice(2)], {
    env: { ...process.env, TSX_TSCONFIG_PATH: join(root, 'bench', 'tsconfig.json') },
  });
} catch (error) {
  fail(error);
}
